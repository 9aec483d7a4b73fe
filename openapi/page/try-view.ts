import type { Listed, Parameter } from './document.ts';
import { block, byId, element } from './element.ts';
import { type CallRequest, curlOf, requestOf } from './request.ts';

/** The form that makes a call, and the place of its answer. */
export function tryView(server: string, operation: Listed): HTMLElement {
  const fields = (operation.parameters ?? []).map((parameter) => ({ parameter, input: inputOf(parameter) }));
  const example = operation.requestBody?.content['application/json']?.example;
  const body = operation.requestBody && bodyOf(example);
  const status = element('p', { role: 'status' });
  const rest = element('div');
  const form = element(
    'form',
    { 'aria-label': `Call ${operation.method} ${operation.path}` },
    ...fields.map(({ parameter, input }) => element('label', {}, labelOf(parameter), input)),
    body && element('label', { class: 'wide' }, 'Body', body),
    element('button', {}, 'Send'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(
      fields.map(({ parameter, input }) => [`${parameter.in}.${parameter.name}`, input.value]),
    );
    const key = byId<HTMLInputElement>('key').value.trim();
    const request = requestOf(server, operation, { values, body: body?.value ?? '', key });
    status.replaceChildren('Sent, waiting for the answer…');
    const { line, parts } = await answerTo(request);
    status.replaceChildren(line);
    rest.replaceChildren(...parts, block(curlOf(request), 'The call, for a shell'));
    status.scrollIntoView({ block: 'center' });
  });
  return element('div', {}, form, status, rest);
}

const labelOf = ({ name, in: place, required }: Parameter): string =>
  `${name} (${place}${required ? ', required' : ''})`;

function inputOf({ name, required, example }: Parameter): HTMLInputElement {
  const input = element('input', { spellcheck: 'false', autocomplete: 'off', required });
  input.value = name === 'Idempotency-Key' ? crypto.randomUUID() : String(example ?? '');
  return input;
}

function bodyOf(example: unknown): HTMLTextAreaElement {
  const text = example === undefined ? '' : JSON.stringify(example, null, 2);
  const area = element('textarea', {
    rows: String(Math.min(16, text.split('\n').length + 1)),
    spellcheck: 'false',
  });
  area.value = text;
  return area;
}

type Told = { line: HTMLElement; parts: HTMLElement[] };

async function answerTo({ url, ...rest }: CallRequest): Promise<Told> {
  try {
    const answer = await fetch(url, rest);
    const text = await answer.text();
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    return {
      line: element(
        'strong',
        { class: answer.ok ? 'good' : 'bad' },
        `Answer ${answer.status} ${answer.statusText}`,
      ),
      parts: [block(shown(text), 'Body of the answer'), block(headers, 'Headers of the answer')],
    };
  } catch (error) {
    return { line: element('strong', { class: 'bad' }, `No answer came: ${error}`), parts: [] };
  }
}

function shown(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
