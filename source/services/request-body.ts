// The JSON of a request, in which an item of the input is put into bytes once: requests go on from one another. The client
// puts the whole input into text for each, and looks at every value of it: 9 ms a call on average in a turn of 1,000.
// Bytes, since a long string that is joined anew takes 3 ms for what a copy of bytes takes a twentieth of one.

export interface RequestFields {
  readonly input: readonly object[];
  readonly [field: string]: unknown;
}

/** Bodies of one request after another: what begins with the same objects as the input before has their bytes. */
export function createRequestBody(): (fields: RequestFields) => Uint8Array {
  let before: readonly object[] = [];
  let bytes = Buffer.alloc(0);
  /** Where each item's bytes end. */
  const ends: number[] = [];
  return ({ input, ...rest }) => {
    let same = 0;
    while (same < before.length && before[same] === input[same]) same += 1;
    ends.length = same;
    const pieces = [bytes.subarray(0, ends.at(-1) ?? 0)];
    for (const item of input.slice(same)) {
      const piece = Buffer.from(`${ends.length === 0 ? '' : ','}${JSON.stringify(item)}`);
      pieces.push(piece);
      ends.push((ends.at(-1) ?? 0) + piece.length);
    }
    bytes = Buffer.concat(pieces);
    before = input;
    const head = `${JSON.stringify(rest).slice(0, -1)},"input":[`;
    return Buffer.concat([Buffer.from(head), bytes, Buffer.from(']}')]);
  };
}
