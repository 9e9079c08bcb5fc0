/* Contrast is a matter of colours: texts of one colour, size and weight on the same grounds have the same. Axe measures
   one text of each look that is not known to pass, then every text whose look did not pass. Where a look does not tell
   what lies behind (something moved out of its place with no ground of its own, a picture), every text is measured. */
async (known) => {
  const passed = new Set(known), looks = new Map(), grounds = new Map(), run = { runOnly: ["color-contrast"], elementRef: true };
  const PLAIN = "rgba(0, 0, 0, 0)|none|1|static|none|none|normal|none";
  // what sticks to an edge stands in its place until the page is scrolled
  const inPlace = window.scrollY ? ["static", "relative"] : ["static", "relative", "sticky"];
  const opaque = (colour) => /^rgb\(/.test(colour);
  function ground(element) {
    if (!element) { return { told: "", certain: true }; }
    if (!grounds.has(element)) {
      const style = getComputedStyle(element), behind = ground(element.parentElement);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position, style.transform,
        style.filter, style.mixBlendMode, style.float].join("|");
      const moved = !inPlace.includes(style.position) || style.transform !== "none" || style.float !== "none"
        || [style.marginTop, style.marginLeft, style.marginRight, style.marginBottom].some((each) => each.startsWith("-"));
      grounds.set(element, {
        told: behind.told + (own === PLAIN ? "" : own + "\n"),
        certain: style.backgroundImage === "none" && (opaque(style.backgroundColor) || (!moved && behind.certain)),
      });
    }
    return grounds.get(element);
  }
  function put(element) {
    const box = element.getBoundingClientRect();
    // a box of one point holds words for screen readers only
    if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true })) { return; }
    const style = getComputedStyle(element), { told, certain } = ground(element);
    const look = [element.matches("input, select, textarea") ? element.type : "", style.color, style.fontSize,
      style.fontWeight, style.textShadow, style.webkitTextStroke, told].join("\n");
    const name = certain ? look : `${look}\n${looks.size}`;
    if (!looks.has(name)) { looks.set(name, { certain, texts: new Set() }); }
    looks.get(name).texts.add(element);
  }
  async function measure(elements) {
    return elements.length ? axe.run({ include: elements }, { ...run, resultTypes: ["violations", "passes"] }) : { violations: [], passes: [] };
  }
  const bare = (violations) => violations.map((each) => ({
    ...each, nodes: each.nodes.map((node) => JSON.parse(JSON.stringify({ ...node, element: undefined, any: [], all: [], none: [] }))),
  }));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) { if (texts.currentNode.nodeValue.trim()) { put(texts.currentNode.parentElement); } }
  document.querySelectorAll("input:not([type=hidden]), select, textarea").forEach(put);
  const fresh = [...looks].filter(([name]) => !passed.has(name));
  const first = await measure(fresh.map(([, look]) => [...look.texts][0]));
  const good = new Set(first.passes.flatMap((each) => each.nodes.map((node) => node.element)));
  const rest = fresh.filter(([, look]) => !good.has([...look.texts][0]) && look.texts.size > 1);
  const second = await measure(rest.flatMap(([, look]) => [...look.texts]));
  return {
    violations: bare([...first.violations, ...second.violations]),
    passed: fresh.filter(([, look]) => look.certain && good.has([...look.texts][0])).map(([name]) => name),
  };
}
