/** JSON as this folder passes it on. The shape of each part is OpenAPI's. */
export type Json = Record<string, unknown>;
