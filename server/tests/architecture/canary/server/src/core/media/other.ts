import { one } from './no-cycles.bad.ts';
export const other = () => one;
