import { type Document, operationsOf } from './document.ts';
import { byId, code, element, prose } from './element.ts';
import { operationView } from './operation-view.ts';

const keyField = byId<HTMLInputElement>('key');
const choice = byId<HTMLSelectElement>('document');
const status = byId('status');

async function read(): Promise<void> {
  const address = new URL(choice.value, location.href).href;
  const key = keyField.value.trim();
  status.replaceChildren('Reading the document…');
  const answer = await fetch(address, { headers: key ? { Authorization: `Bearer ${key}` } : {} });
  if (!answer.ok) {
    const { title = answer.statusText } = (await answer.json().catch(() => ({}))) as { title?: string };
    status.replaceChildren(element('span', { class: 'bad' }, `${answer.status}: ${title}`));
    return;
  }
  show((await answer.json()) as Document, address);
}

function show(api: Document, address: string): void {
  const server = new URL(api.servers[0].url, address).href;
  byId('title').textContent = api.info.title;
  document.title = api.info.title;
  const groups = api.tags.map((tag) => ({ ...tag, operations: operationsOf(api, tag.name) }));
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  const counted = `${count} operation${count === 1 ? '' : 's'}`;
  status.replaceChildren(`${counted}, version ${api.info.version}, at ${server}`);
  byId('contents').replaceChildren(
    ...groups.flatMap(({ name, operations }) => [
      element('h2', {}, name),
      element('ul', {}, ...operations.map(linkTo)),
    ]),
  );
  byId('operations').replaceChildren(
    prose(api.info.description),
    ...groups.flatMap(({ name, description, operations }) => [
      element('h2', {}, name),
      prose(description),
      ...operations.map((operation) => operationView(api, server, operation)),
    ]),
  );
}

/** Opens the operation and moves the focus, which the browser's own jump leaves behind. */
function linkTo({
  operationId,
  method,
  path,
  summary,
}: ReturnType<typeof operationsOf>[number]): HTMLElement {
  const link = element('a', { href: `#${operationId}` }, summary);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    history.pushState(null, '', link.hash);
    openAt(link.hash);
  });
  return element('li', {}, link, element('br'), element('small', {}, `${method} `, code(path)));
}

function openAt(hash: string): void {
  const view = document.getElementById(hash.slice(1));
  if (!(view instanceof HTMLDetailsElement)) return;
  view.open = true;
  view.querySelector('summary')?.focus();
}

addEventListener('popstate', () => openAt(location.hash));
byId('source').addEventListener('submit', (event) => {
  event.preventDefault();
  void read();
});
choice.addEventListener('change', () => void read());
void read().then(() => openAt(location.hash));
