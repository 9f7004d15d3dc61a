import { other } from '../two/other.ts';

export const borrowed = other;
