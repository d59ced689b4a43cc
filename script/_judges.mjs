// Called by script/judges: `_judges.mjs ADDRESS ADDRESSES.json [pa11y] [lighthouse]`. Prints what each judge finds and
// exits with 1 if any finds something.
import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [base, addresses, ...chosen] = process.argv.slice(2);
const { pages, measured } = JSON.parse(readFileSync(addresses));
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"];
const LEAST = { accessibility: 1, "best-practices": 1, seo: 1, performance: 0.95 };
let faults = 0;

function report(line) {
  faults += 1;
  console.log(line);
}

async function judgeAccessibility(browser) {
  let judged = 0, toReview = 0;
  for (const [name, address] of Object.entries(pages)) {
    for (const language of ["", "/uk"]) {
      for (const width of [1440, 360]) {
        for (const scheme of ["light", "dark"]) {
          const page = await browser.newPage();
          await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
          const { issues } = await pa11y(base + language + address, {
            browser, page, runners: ["axe", "htmlcs"], standard: "WCAG2AA", viewport: { width, height: 900 }, timeout: 60_000,
          });
          await page.close();
          judged += 1;
          for (const issue of issues) {
            // What axe cannot judge by itself, such as text before a drawing, is for a person to look at.
            if (issue.runnerExtras?.needsFurtherReview) toReview += 1;
            else report(`${name}${language} ${width} ${scheme} ${issue.code}: ${issue.context}`);
          }
        }
      }
    }
  }
  console.log(`pa11y: ${judged} pages judged, ${faults} faults, ${toReview} places to look at`);
}

async function measure(browser, address) {
  const port = Number(new URL(browser.wsEndpoint()).port);
  const { lhr } = await lighthouse(base + address, { port, output: "json", logLevel: "error" });
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, score]));
  console.log(`lighthouse ${address}: ${JSON.stringify(scores)}`);
  for (const [name, least] of Object.entries(LEAST)) {
    if (scores[name] >= least) continue;
    const weak = lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score < 1);
    report(`lighthouse ${address} ${name} is below ${least}: ${weak.map(({ id }) => id).join(", ")}`);
  }
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH, args: ARGUMENTS });
if (!chosen.length || chosen.includes("pa11y")) await judgeAccessibility(browser);
if (!chosen.length || chosen.includes("lighthouse")) for (const address of measured) await measure(browser, address);
await browser.close();
process.exit(faults ? 1 : 0);
