/** Far more than people write, and far less than what a stack of one megabyte has room for. */
const most = { brackets: 200, angles: 200, ternaries: 500, elses: 500, sums: 5000 };

/**
 * Whether a text may nest so deeply that a native parser would run out of stack, which ends the process.
 * Strings and comments are read as code: that makes it say yes too often, which costs no more than the other parser.
 */
export function nestsTooDeeply(text: string): boolean {
  let brackets = 0;
  let angles = 0;
  let ternaries = 0;
  let sums = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 123: // {
        angles = ternaries = sums = 0;
        brackets++;
        break;
      case 40: // (
      case 91: // [
        brackets++;
        break;
      case 125: // }
        angles = ternaries = sums = 0;
        if (brackets > 0) brackets--;
        break;
      case 41: // )
      case 93: // ]
        if (brackets > 0) brackets--;
        break;
      case 59: // ;
        angles = ternaries = sums = 0;
        break;
      case 60: // <
        angles++;
        break;
      case 62: // >
        if (angles > 0) angles--;
        break;
      case 33: // !
      case 63: // ?
        ternaries++;
        break;
      case 43: // +
        sums++;
        break;
      default:
        continue;
    }
    if (brackets > most.brackets || angles > most.angles || ternaries > most.ternaries || sums > most.sums) return true;
  }
  const shortestElse = 'else if(a){}'.length;
  return text.length > most.elses * shortestElse && (text.match(/\belse\s+if\b/g)?.length ?? 0) > most.elses;
}
