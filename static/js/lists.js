// Lists without reloads: htmx takes them out of whole pages, so that an address means the same in every
// cache. What is left: focus, what is said, history, late answers, failures.
const on = (name, hear) => document.addEventListener(`htmx:${name}`, hear);
const find = (selector) => document.querySelector(selector);
const path = (address) => address?.split("?")[0];
const here = () => location.pathname + location.search;
const isList = ({ target }) => target.id === "list";
const isLate = (detail) => isList(detail) && detail.xhr !== latest;
const isField = ({ elt }) => elt.matches("#filters :is(input, select)");
let latest; // its answer may be shown
let isTyped; // typing led here
let before;

// Empty fields would only make the address long.
on("configRequest", ({ detail: { formData } }) => {
  for (const name of new Set(formData.keys())) if (!formData.getAll(name).some(Boolean)) formData.delete(name);
});

on("beforeRequest", (event) => {
  const { detail } = event;
  if (!isList(detail)) return;
  latest = detail.xhr;
  find("#list-problem").hidden = true;
  if (isField(detail) && detail.pathInfo.finalRequestPath === here()) event.preventDefault();
});

on("beforeOnLoad", (event) => {
  if (isLate(event.detail)) event.preventDefault();
});

on("beforeSwap", (event) => {
  const { detail } = event;
  const asked = detail.pathInfo.finalRequestPath;
  if (path(detail.pathInfo.responsePath) !== path(asked)) { // led elsewhere, as to the log-in
    event.preventDefault();
    location.assign(asked);
  }
  before = {
    focus: document.activeElement,
    isOpen: find("#facets details")?.open,
    isLive: isField(detail.requestConfig),
    shown: detail.target.querySelectorAll("li").length,
  };
});

// The form stays while one types.
on("oobBeforeSwap", ({ detail }) => {
  if (detail.target.id === "filters" && before.isLive) detail.shouldSwap = false;
});

// Typing on is no new step of history.
on("beforeHistoryUpdate", ({ detail: { history, requestConfig } }) => {
  const isTyping = requestConfig.elt.type === "search";
  if (history.path === here() || (isTyping && isTyped)) history.type = "replace";
  isTyped = isTyping;
});

on("historyCacheMiss", (event) => {
  event.preventDefault();
  latest = isTyped = null;
  htmx.ajax("GET", event.detail.path, { source: "#listing" }).catch(() => {});
});

function settle(source) {
  const [fold, title, pager] = [find("#facets details"), find("#rows-title"), source.closest(".pager")];
  if (fold) fold.open = before.isOpen;
  if (pager) {
    title.focus();
    find("#list").scrollIntoView();
  } else if (document.activeElement === document.body && before.focus !== document.body) {
    const next = document.getElementById(before.focus.id) || (source.closest(".chips") && find(".chips a")) || title;
    next.focus({ preventScroll: true });
  }
  const order = source.closest("thead") && find("#f-sort").selectedOptions[0].text;
  const more = pager ? find(".pager nav")?.dataset.here : order;
  find("#list-status").textContent = [title.innerText, more].filter(Boolean).join(", ");
}

on("afterSettle", ({ detail, target }) => {
  if (target.id === "list") settle(detail.requestConfig.elt);
  else if (target.matches(".facet")) target.querySelectorAll("li a")[before.shown]?.focus();
});

for (const name of ["responseError", "sendError", "timeout"]) on(name, ({ detail }) => {
  if (isLate(detail)) return;
  find("#list-problem a").href = detail.pathInfo.finalRequestPath;
  find("#list-problem").hidden = false;
});
