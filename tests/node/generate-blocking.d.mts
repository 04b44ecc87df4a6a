/** What one Node has: module → member path → which twins are there. */
export type Collected = Record<string, Record<string, { promise?: true; callback?: true }>>;

export const majors: number[];
/** The generated file. */
export const target: string;
export function collect(): Collected;
export function collectAll(): Record<number, Collected>;
export function render(byMajor: Record<number, Collected>): string;
