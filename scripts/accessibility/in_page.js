// Runs inside a page that is checked; each function returns what is wrong in words, or text to compare.
window.proof = (() => {
  const squeezed = (text) => text.replace(/[\s\u00ad\u200b]+/g, "").normalize("NFC");
  const named = (element) =>
    `<${element.tagName.toLowerCase()}${element.id ? ` id=${element.id}` : ""}${element.className && element.className.baseVal === undefined ? ` class=${element.className}` : ""}> ${squeezed(element.textContent).slice(0, 30)}`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const hiddenOnPurpose = (element) => {
    const style = getComputedStyle(element);
    return style.clipPath !== "none" || style.clip !== "auto" || parseFloat(style.left) < -1000;
  };
  const within = (element, test) => {
    for (let at = element; at && at.nodeType === 1; at = at.parentElement) if (test(at)) return at;
    return null;
  };
  const texts = function* (root, filter) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && !parent.closest("style, script, svg title, noscript") && (!filter || filter(parent)))
        yield walker.currentNode;
    }
  };
  const joined = (nodes) => squeezed([...nodes].map((node) => node.data).join(" "));

  // --- text ---
  const shown = () => joined(texts(document.body, isShown));
  const held = () => joined(texts(document.body, (parent) => !parent.closest("details:not([open]) > :not(summary)")));
  const strip = () => {
    document.querySelectorAll("style, link[rel~=stylesheet]").forEach((element) => element.remove());
    document.querySelectorAll("[style]").forEach((element) => element.removeAttribute("style"));
  };

  // --- narrow and enlarged ---
  const sideways = () => {
    const found = [];
    const width = document.documentElement.clientWidth;
    const page = document.scrollingElement;
    page.scrollLeft = 100000;
    if (page.scrollWidth > width || page.scrollLeft > 0) found.push(`the page is ${page.scrollWidth} pixels wide in ${width}`);
    page.scrollLeft = 0;
    for (const element of document.body.querySelectorAll("*")) {
      if (!isShown(element) || element.closest("svg") || within(element, hiddenOnPurpose)) continue;
      const frame = within(element.parentElement, scrolls);
      const box = element.getBoundingClientRect();
      if (!frame && box.width && (box.right > width + 1 || box.left < -1)) found.push(`too wide: ${named(element)}`);
      if (scrolls(element) && element.scrollWidth > element.clientWidth + 1) {
        if (!element.querySelector(":scope > table")) found.push(`scrolls sideways and is no table: ${named(element)}`);
        if (element.tabIndex !== 0) found.push(`scrolls and cannot be reached: ${named(element)}`);
        if (!element.hasAttribute("aria-labelledby") && !element.hasAttribute("aria-label")) found.push(`scrolls and has no label: ${named(element)}`);
      }
    }
    return found;
  };
  const cutOff = () => {
    const found = [];
    const width = document.documentElement.clientWidth;
    for (const node of texts(document.body, isShown)) {
      const parent = node.parentElement;
      if (within(parent, hiddenOnPurpose) || parent.closest("svg") || within(parent, scrolls)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const clip = within(parent, (at) => ["hidden", "clip"].includes(getComputedStyle(at).overflowX));
      const edge = clip ? Math.min(width, clip.getBoundingClientRect().right) : width;
      for (const box of range.getClientRects())
        if (box.right > edge + 1 || box.left < -1) found.push(`cut off: ${named(parent)}`);
      if (parseFloat(getComputedStyle(parent).fontSize) < 12) found.push(`smaller than 12 pixels: ${named(parent)}`);
    }
    return found;
  };
  const covering = () => {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const position = getComputedStyle(element).position;
      if (!["fixed", "sticky"].includes(position) || !isShown(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.width * box.height > 0.3 * innerWidth * innerHeight) found.push(`stays in place and covers the text: ${named(element)}`);
    }
    return found;
  };

  // --- colours ---
  const number = (value) => (value.match(/[\d.]+/g) || []).map(Number);
  const hex = (value) => "#" + number(value).slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
  const isClear = (value) => number(value)[3] === 0 || value === "transparent";
  const backgroundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!isClear(colour)) return number(colour)[3] !== undefined && number(colour)[3] < 1 ? colour : hex(colour);
    }
    return "#ffffff";
  };
  const colours = () => {
    const pairs = new Map();
    for (const node of texts(document.body, isShown)) {
      const parent = node.parentElement;
      const text = parent.closest("svg") ? null : hex(getComputedStyle(parent).color);
      if (text) pairs.set(`${text} ${backgroundOf(parent)}`, node.data.trim().slice(0, 40));
    }
    return [...pairs].map(([pair, words]) => [...pair.split(" "), words]);
  };
  // --- numbers and capitals ---
  const NUMBER = /^(about )?[£+−-]?\d[\d,.]*( ?(%|million|billion|m|bn|k))?$/i;
  const numbers = () => {
    const found = [];
    for (const table of document.querySelectorAll("table")) {
      const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
      for (let place = 1; rows.length && place < rows[0].cells.length; place++) {
        const cells = rows.map((row) => row.cells[place]).filter((cell) => cell && isShown(cell) && !cell.classList.contains("missing"));
        if (!cells.length || !cells.every((cell) => NUMBER.test(cell.innerText.trim()))) continue;
        const left = cells.find((cell) => !["right", "end"].includes(getComputedStyle(cell).textAlign));
        if (left) found.push(`a column of numbers is not set to the right: ${named(left)}`);
      }
    }
    return found;
  };
  const set = () => {
    const found = [];
    for (const node of texts(document.body, isShown)) {
      const style = getComputedStyle(node.parentElement);
      if (style.textTransform === "uppercase" || style.fontVariantCaps !== "normal") found.push(`set in capitals: ${named(node.parentElement)}`);
      if (style.textAlign === "justify") found.push(`set with even margins: ${named(node.parentElement)}`);
      if (style.fontStyle !== "normal") found.push(`set in slanted letters: ${named(node.parentElement)}`);
    }
    return [...new Set(found)];
  };

  const unframed = () =>
    [...document.querySelectorAll("svg")]
      .filter((chart) => isShown(chart) && getComputedStyle(chart).forcedColorAdjust === "none")
      .filter((chart) => isClear(getComputedStyle(chart).backgroundColor))
      .map((chart) => `a chart keeps its colours and has no background of its own: ${named(chart)}`);

  // --- keyboard ---
  const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], audio[controls], video[controls]";
  let expected = [];
  let visited = [];
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !isClear(style.outlineColor) ? style.outline : "", style.backgroundColor, style.boxShadow, style.color].join("|");
  };
  const covered = (element) => {
    const box = element.getClientRects()[0];
    if (!box) return true;
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, innerHeight / 2), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return !top || !(element.contains(top) || top.contains(element));
  };
  const note = (event) => {
    const element = event.target;
    visited.push({ element, look: look(element), covered: covered(element), ring: element.matches(":focus-visible") });
  };
  const startWalk = () => {
    if (document.activeElement) document.activeElement.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    history.replaceState(null, "", location.pathname);
    expected = [...document.querySelectorAll(INTERACTIVE)].filter((element) => isShown(element) && element.tabIndex >= 0 && !element.disabled);
    visited = [];
    before = new Map(expected.map((element) => [element, look(element)]));
    document.addEventListener("focusin", note);
    // Tab starts from where the reader is; an empty element at the start makes that the top of the page.
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus({ preventScroll: true });
    start.remove();
    visited = [];
    return expected.length;
  };
  let before = new Map();
  const endWalk = () => {
    document.removeEventListener("focusin", note);
    const found = [];
    const order = visited.map((stop) => stop.element);
    if (order[expected.length] && order[expected.length] === order[expected.length - 1]) found.push(`the Tab key does not leave ${named(order[expected.length])}`);
    expected.forEach((element, number) => {
      if (!order.includes(element)) found.push(`the Tab key does not reach ${named(element)}`);
      else if (order[number] !== element) found.push(`the Tab key reaches ${named(element)} out of turn`);
    });
    for (const stop of visited.slice(0, expected.length)) {
      if (!stop.ring || stop.look === before.get(stop.element)) found.push(`the focus cannot be seen on ${named(stop.element)}`);
      if (stop.covered) found.push(`with the focus, something covers ${named(stop.element)}`);
    }
    for (const element of expected) if (element.tabIndex > 0) found.push(`changes the order of the Tab key: ${named(element)}`);
    return [...new Set(found)];
  };
  const folds = () => [...document.querySelectorAll("details:not([open])")].filter(isShown);
  const unfold = () => folds().forEach((element) => { element.dataset.unfolded = ""; element.open = true; });
  const fold = () => document.querySelectorAll("details[data-unfolded]").forEach((element) => { element.open = false; });
  const onSkipLink = () => {
    const link = document.activeElement;
    const main = document.querySelector("main");
    return link && link.tagName === "A" && main && link.getAttribute("href") === `#${main.id}` && !covered(link);
  };
  const inMain = () => document.querySelector("main").contains(document.activeElement) || !document.querySelector(`main :is(${INTERACTIVE})`);

  return {
    numbers, set, shown, held, strip, sideways, cutOff, covering, colours, unframed, startWalk, endWalk, unfold, fold, onSkipLink, inMain,
    folded: () => folds().length,
    focusFold: () => folds()[0] && folds()[0].querySelector("summary").focus(),
  };
})();
