import { typeOf } from './values.ts';

/** An item's size as DynamoDB counts it: the bytes of every attribute's name and value. */
export function itemSize(item: { readonly [name: string]: unknown }): number {
  let bytes = 0;
  for (const name in item)
    if (item[name] !== undefined) bytes += Buffer.byteLength(name) + valueSize(item[name]);
  return bytes;
}

function valueSize(value: unknown): number {
  switch (typeOf(value)) {
    case 'S':
      return Buffer.byteLength(value as string);
    case 'N':
      return numberSize(value as number);
    case 'B':
      return (value as Uint8Array).length;
    case 'SS':
      return [...(value as Set<string>)].reduce((bytes, element) => bytes + Buffer.byteLength(element), 0);
    case 'L':
      return (value as unknown[]).reduce<number>((bytes, element) => bytes + 1 + valueSize(element), 3);
    case 'M':
      return 3 + Object.keys(value as object).length + itemSize(value as Record<string, unknown>);
    default:
      return 1; // BOOL, NULL
  }
}

/**
 * Two digits to a byte, aligned on the decimal point, without outer zeros; one byte more, and one
 * for a minus.
 */
function numberSize(number: number): number {
  const [mantissa = '', power = '0'] = String(Math.abs(number)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  const pairs = Math.ceil((significant.length + Math.abs(exponent % 2)) / 2);
  return pairs + 1 + (number < 0 ? 1 : 0);
}
