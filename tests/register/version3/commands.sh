docgen init 工作区 --example a
cd 工作区
docgen notice --project 3 --project 4 --project 6 --project 7 --project 9
docgen --by 方知远 doc review 1 2 3 4 5 6 8
docgen --by 方知远 doc countersign 6
docgen --by 高岩松 doc return 8 --remark 附件时限写错
docgen --by 万里舟 seal mandate add
docgen --by 陶映雪 doc number start 告知函 5 --remark 旧纸质发文登记簿在档案柜2层
docgen --by 舟 doc sign 1 2 3 4 5
docgen --by 陶映雪 seal request 1 2 3 4 --copies 3
docgen --by 方知远 seal approve 1 2 3
docgen --by 俞静姝 seal apply 1 2
docgen --by 陶映雪 doc issue 1
docgen --by 万里舟 doc void 5 --remark 该单位事项已办结
docgen --by 陶映雪 doc replace 2 --remark 时限表列错一行
docgen --by 万里舟 doc review 7
docgen --by 万里舟 doc sign 7
docgen --by 高岩松 doc number reserve 告知函 2 --remark 留给下周集中办理
docgen --by 陶映雪 doc number void '澄联审办函〔2026〕12号' --remark 不再需要
docgen --by 万里舟 doc loosen 核稿人不得是拟稿人 --remark 核稿人病假
docgen verify
docgen doc list
