(() => {
  "use strict";
  const items = [...document.querySelectorAll(".findings li[data-n]")];
  const dialog = document.getElementById("rp-dialog");
  const keys = document.getElementById("rp-keys");
  const wide = matchMedia("(min-width: 1000px)");
  let current = items.findIndex((item) => "#" + item.id === location.hash);
  // After something was done the page comes anew; the next finding is the one after the last.
  const place = "rp-finding " + location.pathname;
  if (current < 0) current = Math.min(Number(sessionStorage.getItem(place) ?? 0) - 1, items.length - 1);

  const show = (element) => {
    if (!element) return;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.scrollIntoView({ block: "center", inline: "nearest" });
  };
  const open = (index) => {
    if (!items.length) return;
    current = Math.max(0, Math.min(items.length - 1, index));
    sessionStorage.setItem(place, current);
    const item = items[current];
    location.hash = item.id;
    if (wide.matches) {
      for (const pane of document.querySelectorAll(".rp-desk .source, .rp-desk .reading")) {
        const marks = pane.querySelectorAll(`[data-n~="${item.dataset.n}"]`);
        show([...marks].find((mark) => mark.tagName === "MARK") || marks[0]);
      }
    }
    item.querySelector(".open").focus({ preventScroll: true });
  };
  items.forEach((item, index) => {
    item.querySelector(".open").addEventListener("click", (event) => { event.preventDefault(); open(index); });
  });

  const fill = (html) => {
    dialog.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    const field = dialog.querySelector("[role=alert]") || dialog.querySelector("input:not([type=hidden]), textarea");
    if (field && field.matches("input, textarea")) { field.focus(); field.select?.(); }
    else dialog.querySelector("h2")?.focus();
  };
  const ask = async (url, options = {}) => {
    let answer;
    try {
      answer = await fetch(url, { ...options, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    } catch {
      fill('<h2 id="rp-act-title" tabindex="-1">连接中断</h2><p>没有办理。请检查网络后再试。</p><form method="dialog"><button class="button button-secondary">关闭</button></form>');
      return;
    }
    const kind = answer.headers.get("Content-Type") || "";
    if (kind.includes("json")) {
      const where = new URL((await answer.json()).url, location.href);
      // An accepted finding stays in the list, one that was corrected is gone from it.
      if (where.hash === "") sessionStorage.setItem(place, current + 1);
      if (where.pathname !== location.pathname) { location.assign(where); return; }
      history.replaceState(null, "", where);
      location.reload();
      return;
    }
    const text = await answer.text();
    // A whole page (signed out, no permission) is opened as one.
    if (/<html/i.test(text)) location.assign(options.method ? location.href : url);
    else fill(text);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-act]");
    if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); ask(link.href); return; }
    if (event.target.closest("[data-rp-close]") && dialog.open) { event.preventDefault(); dialog.close(); }
  });
  dialog?.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-rp-act]");
    if (!form) return;
    event.preventDefault();
    form.querySelector("button[type=submit]").disabled = true;
    ask(form.action, { method: "POST", body: new FormData(form) });
  });

  const figure = () => document.activeElement.closest?.(".reading td.figure") || document.querySelector(".reading td.figure:target");
  const doIt = (key) => {
    const place = key === "e" && figure();
    const item = items[current];
    const link = place ? place.querySelector("a.edit") : item?.querySelector(`a[data-key="${key}"]`)
      || (key === "e" && item && document.querySelector(`.reading td.figure[data-n~="${item.dataset.n}"] a.edit`));
    if (link) link.click();
  };
  // What a mark of correction opens lies over its neighbours: it closes like any other pop-up.
  const closeWhy = (but) => {
    for (const fold of document.querySelectorAll("details.corrected[open]")) {
      if (but && fold.contains(but)) continue;
      if (fold.contains(document.activeElement)) fold.querySelector("summary").focus();
      fold.open = false;
    }
  };
  document.addEventListener("click", (event) => closeWhy(event.target));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeWhy(null); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    if (event.key === "j") open(current + 1);
    else if (event.key === "k") open(current < 0 ? 0 : current - 1);
    else if (event.key === "o" && current >= 0) items[current].querySelector(".links a:last-of-type")?.click();
    else if (event.key === "a" || event.key === "e") doIt(event.key);
    else if (event.key === "?") keys.showModal();
    else return;
    event.preventDefault();
  });
  const button = document.getElementById("rp-keys-button");
  if (button) { button.hidden = false; button.addEventListener("click", () => keys.showModal()); }
  // The link of a figure and that of its place lead to each other; both panes then show them.
  document.querySelector(".rp-desk")?.addEventListener("click", (event) => {
    const link = event.target.closest(".pane a[href^='#']");
    if (link) requestAnimationFrame(() => show(document.getElementById(decodeURIComponent(link.hash.slice(1)))));
  });
  // The keyboard goes on where something was done: a new page would begin at its top.
  if (location.hash) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    show(target);
    target?.querySelector("summary, a, button")?.focus({ preventScroll: true });
  }
})();
