/** The parts of `a, b,c`, without blanks around them and without empty ones. */
export const commaList = (text: string): readonly string[] => text.split(',').flatMap((part) => part.trim() || []);
