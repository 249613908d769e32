// Loads the page again after each build, and shows what was found in the plan beside the item it belongs to.
"use strict";

const add = (parent, kind, text, style) => {
  const element = document.createElement(kind);
  element.textContent = text;
  if (style) element.className = style;
  parent.append(element);
  return element;
};

const note = (finding) => {
  const box = document.createElement("aside");
  box.className = "preview-finding preview-" + finding.severity;
  add(box, "strong", finding.severity + " " + finding.code + ": ");
  add(box, "span", finding.message);
  add(box, "p", finding.remedy);
  add(box, "small", finding.file + (finding.line ? ":" + finding.line : "") + (finding.where ? ", " + finding.where : ""));
  return box;
};

// The innermost item around what was found that the page shows.
const placeOf = (finding) => finding.anchors.map((id) => document.getElementById(id)).find(Boolean);

// An anchor of its own, before the heading of a section, stands for the section.
const wholeOf = (place) => {
  let next = place.matches("section > span:empty") ? place : null;
  while (next && next.matches("span:empty, .section__label")) next = next.nextElementSibling;
  return next && next.matches(".section__heading") ? next : place;
};

// Beside an item: in its row or point, else after its heading and the link that belongs to that.
const put = (box, place) => {
  const whole = wholeOf(place);
  const spot = whole.querySelector("h1, h2, h3, h4, h5, h6") || whole;
  const link = spot.nextElementSibling;
  if (spot.matches("li")) spot.append(box);
  else if (spot.matches("tr")) spot.lastElementChild.append(box);
  else (link && link.matches("a.anchor") ? link : spot).after(box);
};

const show = (told) => {
  const panel = document.createElement("section");
  panel.className = "preview-panel";
  panel.setAttribute("aria-label", "Preview");
  if (told.failure) add(panel, "p", "Not built. This page is the last that could be made. " + told.failure, "preview-error");
  const errors = told.findings.filter((finding) => finding.severity === "error");
  if (errors.length) add(panel, "p", "This page is not up to date: errors keep the plan from being built.", "preview-error");
  const places = told.findings.map(placeOf);
  told.findings.forEach((finding, number) => {
    if (!places[number] || finding.severity === "error") panel.append(note(finding));
  });
  for (let number = told.findings.length - 1; number >= 0; number--) {
    if (places[number]) put(note(told.findings[number]), places[number]);  // the last first: each goes before the next
  }
  const count = told.findings.length;
  if (count) {
    const line = add(panel, "p", count === 1 ? "1 finding on this page. " : count + " findings on this page. ");
    const first = document.querySelector(".preview-finding");
    if (first) {
      first.id = "-preview-first";
      add(line, "a", "Go to the first one beside its item").href = "#-preview-first";
    }
  }
  if (panel.childElementCount) document.body.prepend(panel);
};

const parts = location.pathname.split("/").filter(Boolean);
const plan = parts.length && parts[0] !== "compare" && !parts[0].includes(".") ? "/" + parts[0] : "";
fetch("/-preview/findings" + plan).then((answer) => answer.json()).then(show);

let version = null;
new EventSource("/-preview/events").onmessage = (event) => {
  if (version !== null && event.data !== version) location.reload();
  version = event.data;
};
