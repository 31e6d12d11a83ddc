// docxtemplater as its manual says: a new zip and a new instance for each document, the file read once.

const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");
const { serve, template } = require("./serve.cjs");

const content = template();

serve((context) => {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  document.render(context);
  return document.toBuffer();
});
