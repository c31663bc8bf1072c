// Answers each line "PATH" on standard input with a line of JSON: what html-validate finds wrong with that page.
// It looks for html-validate beside package.json in the folder that its first argument names.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const validator = new HtmlValidate(new StaticConfigLoader({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // how templates are laid out is nothing that a reader meets
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "void-style": "off",
    // titles end with the consortium's name, which may be long
    "long-title": "off",
    "no-implicit-input-type": "off",
    // a field with several values has several controls of one name
    "form-dup-name": "off",
    // ids are the names of fields, such as “title.nb”
    "valid-id": ["error", { relaxed: true }],
    // beside a report stand its choices, with headings of their own
    "heading-level": ["error", { minInitialRank: "h2" }],
    // letters such as “&” are escaped by Jinja, quotes need not be
    "no-raw-characters": ["error", { relaxed: true }],
    // all files are our own, from our own address
    "require-sri": "off",
    // in SVG: drawings of our own
    "svg-focusable": "off",
  },
}));

for await (const path of createInterface({ input: process.stdin })) {
  const report = await validator.validateString(readFileSync(path, "utf-8"));
  const found = report.results.flatMap(({ messages }) => messages.map(
    ({ ruleId, message, line, selector }) => `${ruleId}, line ${line}: ${message} (${selector})`));
  console.log(JSON.stringify(found));
}
