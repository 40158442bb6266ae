"use strict";
(() => {
  const said = document.getElementById("said");
  const tell = (text) => {
    said.textContent = "";
    // A reader announces a change only when it comes after the emptying.
    setTimeout(() => { said.textContent = text; }, 50);
  };
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return selection;
  };
  const byHand = (node) => {
    const selection = select(node);
    const done = document.execCommand("copy");
    if (done) selection.removeAllRanges();
    return done;
  };
  const copy = async (button) => {
    const node = button.parentNode.querySelector(".kw-words");
    let done = true;
    try {
      await navigator.clipboard.writeText(node.textContent);
    } catch {
      done = byHand(node);
    }
    tell(done ? said.dataset.done : said.dataset.failed);
    if (!done) return;
    const label = button.firstElementChild;
    const before = button.dataset.before ?? label.textContent;
    button.dataset.before = before;
    label.textContent = said.dataset.label;
    button.classList.add("kw-done");
    setTimeout(() => {
      label.textContent = before;
      button.classList.remove("kw-done");
    }, 2000);
  };
  for (const button of document.querySelectorAll(".kw-copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  // What is folded is printed as well, and folded again afterwards.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
