/** JSON as this room passes it on; the shape of a part of a document is OpenAPI's. */
export type Json = Record<string, unknown>;
