// easy-template-x as its manual says: one handler, `process` for each document, the file read once.

const { TemplateHandler } = require("easy-template-x");
const { serve, template } = require("./serve.cjs");

const content = template();
const handler = new TemplateHandler();

serve((context) => handler.process(content, context));
