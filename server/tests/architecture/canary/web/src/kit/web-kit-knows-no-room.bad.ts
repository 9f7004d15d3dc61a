import { other } from '../rooms/two/other.ts';

export const known = other;
