// What htmx leaves to us when it renews a list: it fetches the whole page of an address and takes the list out of it, so that
// an address always means the same, in every cache. Here: focus, what is said, history, answers too late, and failures.
"use strict";
{
  const on = (name, hear) => document.addEventListener(`htmx:${name}`, hear);
  const find = (selector) => document.querySelector(selector);
  const words = (element) => element?.textContent.trim().replace(/\s+/g, " ");
  const here = () => location.pathname + location.search;
  const path = (address) => address.split("?")[0];
  const isList = (detail) => detail.target?.id === "list";
  const isField = (element) => element.matches("#filters :is(input, select)");
  let latest = null; // the request whose answer may be shown
  let isTyped = false; // whether the address at hand came of typing
  let before = {};

  // A form sends its empty fields too; they would only make the address long.
  on("configRequest", ({ detail }) => {
    for (const name of new Set(detail.formData.keys())) {
      if (!detail.formData.getAll(name).some(Boolean)) detail.formData.delete(name);
    }
  });

  on("beforeRequest", (event) => {
    const { elt, pathInfo, xhr } = event.detail;
    if (!isList(event.detail)) return;
    const isHere = isField(elt) && pathInfo.finalRequestPath === here();
    latest = isHere ? null : xhr;
    if (isHere) event.preventDefault();
    else find("#list-problem").hidden = true;
  });

  on("beforeOnLoad", (event) => {
    if (isList(event.detail) && event.detail.xhr !== latest) event.preventDefault();
  });

  on("beforeSwap", (event) => {
    const { detail } = event;
    const { finalRequestPath, responsePath } = detail.pathInfo;
    if (responsePath && path(responsePath) !== path(finalRequestPath)) { // such as to the log-in
      event.preventDefault();
      location.assign(finalRequestPath);
    } else if (detail.xhr.status === 404 && isList(detail)) { // a page beyond the last says so itself
      detail.shouldSwap = true;
      detail.isError = false;
    }
    before = {
      focused: document.activeElement.id,
      isOpen: find("#facets details")?.open,
      isLive: isField(detail.requestConfig.elt),
      shown: detail.target.querySelectorAll("li").length,
    };
  });

  // The form stays while somebody types in it.
  on("oobBeforeSwap", ({ detail }) => {
    if (detail.target.id === "filters" && before.isLive) detail.shouldSwap = false;
  });

  // Typing on, and asking for the same again, make no further step of history.
  on("beforeHistoryUpdate", ({ detail }) => {
    const isTyping = detail.requestConfig.elt.type === "search";
    if (detail.history.path === here() || (isTyping && isTyped)) detail.history.type = "replace";
    isTyped = isTyping;
  });

  on("historyCacheMiss", (event) => {
    if (!find("#list")) return;
    event.preventDefault();
    latest = null;
    isTyped = false;
    htmx.ajax("GET", event.detail.path, { source: "#listing" }).catch(() => {}); // told by `fail`
  });

  function settle(source) {
    const fold = find("#facets details");
    const title = find("#rows-title");
    if (fold && before.isOpen) fold.open = true;
    if (source.closest(".pager")) {
      title.focus({ preventScroll: true });
      find("#list").scrollIntoView();
    } else if (document.activeElement === document.body) { // what had the focus has gone
      const next = document.getElementById(before.focused) || (source.closest(".chips") && find(".chips a")) || title;
      next.focus({ preventScroll: true });
    }
    const order = source.closest("thead") && find("#f-sort")?.selectedOptions[0];
    const rest = source.closest(".pager") ? find(".pager p") : order;
    find("#list-status").textContent = [words(title), words(rest)].filter(Boolean).join(", ");
  }

  on("afterSettle", ({ detail, target }) => {
    if (target.id === "list") settle(detail.requestConfig.elt);
    else if (target.matches(".facet")) target.querySelectorAll("li a")[before.shown]?.focus();
  });

  function fail({ detail }) {
    if (isList(detail) && detail.xhr !== latest) return;
    const problem = find("#list-problem");
    problem.querySelector("a").href = detail.pathInfo.finalRequestPath;
    problem.hidden = false;
  }
  for (const name of ["responseError", "sendError", "timeout"]) on(name, fail);
}
