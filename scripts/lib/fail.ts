/** A failure that the person at the keyboard can mend; shown as one line, without a stack. */
export class Mendable extends Error {
  override readonly name = "Mendable";
}

/** Runs a task; gives the process a non-zero exit code when it fails, and shows a {@link Mendable} as one line. */
export async function runTask(task: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await task();
  } catch (error) {
    console.error(error instanceof Mendable ? error.message : error);
    process.exitCode = 1;
  }
}
