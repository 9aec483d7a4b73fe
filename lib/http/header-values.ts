import type { APIGatewayProxyEvent } from 'aws-lambda';

type Values = NonNullable<APIGatewayProxyEvent['multiValueHeaders']>;

/** Every value of each header, by its name in lower case. */
export function valuesByName(given: Values): Values {
  const all: Values = Object.create(null);
  for (const name in given) {
    const lower = name.toLowerCase();
    all[lower] = all[lower] ? [...all[lower], ...(given[name] ?? [])] : given[name];
  }
  return all;
}

/** Whether a header says one thing: it is there once, or with the same value each time. */
export const isOneValue = ({ multiValueHeaders }: APIGatewayProxyEvent, name: string): boolean => {
  const values = multiValueHeaders?.[name] ?? [];
  return values.length < 2 || new Set(values.map((value) => value.trim())).size === 1;
};
