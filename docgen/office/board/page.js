(()=>{
const form=document.forms[0],fields=form.elements,foot=document.querySelector("tfoot"),ROW=3.5;
const heads=[...document.querySelectorAll("thead th")].map(h=>h.dataset);
const cell=(c,n)=>({c,m:c.className,u:c.dataset.u||heads[n+2].u,l:c.dataset.l||heads[n+2].l,dim:false,hit:true});
const line=row=>({row,text:row.cells[0].textContent.toLowerCase(),leads:(row.dataset.u||"").split(" "),
cells:[...row.cells].slice(2,-1).map((c,n)=>c.className&&cell(c,n)).filter(Boolean)});
const bodies=[...document.querySelectorAll("tbody:not(.stage)")].map(body=>({body,rows:[...body.rows].map(line)}));
const titles=[...document.querySelectorAll("tbody.stage")];
function show(){
const of=n=>fields[n]?fields[n].value:"";
const q=of("q").trim().toLowerCase(),u=of("u"),l=of("l"),m=of("m"),s=of("s"),i=of("i"),p=of("p");
const stages=new Set();
let rows=0,cells=0;
for(const {body,rows:all} of bodies){
let here=0;
if(s===""||s===body.dataset.s)for(const each of all){
const d=each.row.dataset,leads=u===""||each.leads.includes(u);
let fits=each.text.includes(q)&&(i===""||d.i===i)&&(p===""||d.p===p);
if(fits){
let hits=0;
for(const c of each.cells){
c.hit=(m===""||c.m===m)&&(l===""||c.l===l)&&(leads||c.u===u);
if(c.hit)hits++;
}
fits=hits>0||leads&&m===""&&l==="";
if(fits){
here++;
cells+=hits;
for(const c of each.cells)if(c.dim===c.hit)c.c.classList.toggle("o",c.dim=!c.hit);
}
}
if(each.row.hidden===fits)each.row.hidden=!fits;
}
body.hidden=!here;
if(here){stages.add(body.dataset.s);body.style.containIntrinsicHeight=here*ROW+"rem"}
rows+=here;
}
for(const each of titles)each.hidden=!stages.has(each.dataset.s);
const first=fields.s.querySelector("[selected]").value,narrowed=[q,u,l,m,i,p].some(Boolean)||s!==first;
foot.hidden=narrowed;
form.classList.toggle("on",narrowed);
foot.parentNode.classList.toggle("some",[u,l,m].some(Boolean));
fields.o.value=`显示 ${rows} 个项目、${cells} 项手续`+(narrowed?"（已筛选）":"");
}
form.hidden=false;
form.addEventListener("input",show);
form.addEventListener("reset",()=>setTimeout(show));
form.addEventListener("submit",e=>e.preventDefault());
show();
})();
