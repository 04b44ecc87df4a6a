/**
 * Where the lines of a text start, line terminators counted as ESLint counts them.
 * @returns the line of an offset, the first being 1
 */
export function lineStarts(text: string): (offset: number) => number {
  const starts = [0];
  for (const { index, 0: terminator } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + terminator.length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(low, 1);
  };
}
