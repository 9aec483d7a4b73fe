import type { HttpResponse } from '@smithy/core/transport';
import type { ResponseMetadata } from '@smithy/types';

type Answer = Pick<HttpResponse, 'statusCode' | 'headers'>;

/** AWS JSON 1.0: binary values are base64, everything else is plain JSON. */
export const toWire = (input: object): string =>
  JSON.stringify(input, function replaced(this: Record<string, unknown>, name, value) {
    // At this point JSON.stringify has already called the Buffer's `toJSON`.
    const given = this[name];
    return given instanceof Uint8Array ? base64Of(given) : value;
  });

const base64Of = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** An attribute may itself be named B, but then its value is an object. */
const fromBase64 = (name: string, value: unknown): unknown => {
  if (name === 'B' && typeof value === 'string') return bytesOf(value);
  if (name === 'BS' && Array.isArray(value)) return value.map((each) => bytesOf(String(each)));
  return value;
};
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

export const fromWire = (text: string): Record<string, unknown> => {
  if (text === '') return {};
  return /"BS?"/.test(text) ? JSON.parse(text, fromBase64) : JSON.parse(text);
};

/** The metadata of an answer by the SDK's names. */
export const metadataOf = ({ statusCode, headers }: Answer): ResponseMetadata => {
  const requestId =
    headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'];
  return { httpStatusCode: statusCode, ...(requestId !== undefined && { requestId }) };
};

/** An error with the SDK's fields but no class of its own: `name` identifies it. */
export function errorOf(body: Record<string, unknown>, answer: Answer): Error {
  const { __type, message, Message, ...told } = body;
  const code = __type ?? body.code ?? answer.headers['x-amzn-errortype'] ?? 'Unknown';
  const error = new Error(String(message ?? Message ?? 'UnknownError'));
  return Object.assign(error, told, {
    name: named(String(code)),
    $fault: answer.statusCode < 500 ? 'client' : 'server',
    $metadata: metadataOf(answer),
  });
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException:http://…` → `ThrottlingException`. */
const named = (code: string): string => {
  const [first = ''] = code.split(',');
  const [bare = ''] = first.split(':');
  return bare.split('#').at(-1) || 'Unknown';
};
