// How a writer talks with the benchmark; see serve.py. Contexts come as a JSON file.

const fs = require("fs");
const readline = require("readline");

async function serve(write) {
  const contexts = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
  let turn = 0;
  await write(contexts[0]);
  console.log("ready");
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [verb, count, path] = line.split(" ");
    if (verb === "keep") {
      fs.writeFileSync(path, await write(contexts[Number(count)]));
      console.log(0);
      continue;
    }
    const start = process.hrtime.bigint();
    for (let done = 0; done < Number(count); done++) {
      await write(contexts[turn++ % contexts.length]);
    }
    console.log(Number(process.hrtime.bigint() - start) / 1e9);
  }
}

module.exports = { serve, template: () => fs.readFileSync(process.argv[2]) };
