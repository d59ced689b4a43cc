// Reads a portal with the types that openapi-typescript generated: `node reading.mjs ADDRESS`.
import type { components, operations } from "./schema.js";

type Answer<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;
declare const process: { argv: string[] };

async function read<Name extends keyof operations>(_name: Name, path: string): Promise<Answer<Name>> {
  const answer = await fetch(`${process.argv[2]}/api/v1/${path}`);
  if (!answer.ok) {
    const error: components["schemas"]["Error"] = await answer.json();
    throw new Error(error.code);
  }
  return answer.json();
}

const query = "party=france&party=ukraine&stage=preparing&page_size=1";
const page = await read("list_programs", `programs/?${query}`);
const program = await read("get_program", `programs/${page.results[0].id}/`);
const rows = await read("list_developments", "developments/?page_size=200&fields=summary");
const stage: components["schemas"]["Stage"] | null = program.stage;
const quote: string = program.developments[0].citations[0].quote;
const refused = await read("list_programs", "programs/?party=atlantis").catch((error: Error) => error.message);
if (stage !== "preparing" || !quote) throw new Error("The program is not the one asked for.");
console.log(`${program.id} ${program.developments.length} ${rows.count} ${refused}`);
