type Child = Node | string | undefined | false;

/** An element with its attributes and children. Text is set as text, never as markup. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter((child): child is Node | string => !!child));
  return made;
}

/** The page's element with this id. */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found as T;
}

/**
 * A table with a caption for screen readers and a row for each list of cells. A table wider than
 * the window scrolls by itself.
 */
export const table = (caption: string, heads: string[], rows: Child[][]): HTMLElement =>
  element('div', { class: 'scroll' }, grid(caption, heads, rows));

const grid = (caption: string, heads: string[], rows: Child[][]): HTMLElement =>
  element(
    'table',
    { 'aria-label': caption },
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element(
      'tbody',
      {},
      ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
    ),
  );

/** Text with its `code` marked up. */
export const phrase = (text: string): (string | HTMLElement)[] =>
  text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
export const prose = (text: string): HTMLElement => element('p', {}, ...phrase(text));

export const code = (text: string): HTMLElement => element('code', {}, text);
export const block = (text: string, label: string): HTMLElement =>
  element('pre', { tabindex: '0', 'aria-label': label }, element('code', {}, text));
