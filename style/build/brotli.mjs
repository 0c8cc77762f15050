// Brotli as we serve it: built once, so at the highest quality, and the smaller of two guesses about the content.

import { brotliCompressSync, constants } from "node:zlib";

const modes = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT];

// Programs are no fonts, but what helps fonts often helps them: by 1.5 % or not at all, which no rule tells beforehand.
export function brotli(content) {
  const [small, smaller] = modes
    .map((mode) =>
      brotliCompressSync(content, {
        params: {
          [constants.BROTLI_PARAM_MODE]: mode,
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      }),
    )
    .sort((one, other) => other.length - one.length);
  return smaller ?? small;
}
