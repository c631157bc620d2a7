// Why a patch cannot be applied, told to the model that wrote it.

/** Thrown within the patch folder and caught once, where the patch's output is made. `message` says how to mend the patch. */
export class PatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatchError';
  }
}
