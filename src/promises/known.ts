/** What is known of the promise that a call of an import returns; the module `''` stands for globals. */
export function promiseFact(module: string, path: readonly string[]): 'returns-promise' | 'never-rejects' | undefined {
  const key = [module, ...path].join('.');
  if (/^(fs\.promises|fs\/promises)\.\w+$/.test(key) || key === '.fetch') return 'returns-promise';
  return undefined;
}
