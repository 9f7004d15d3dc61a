import { describeRandomKills } from './random-kills.ts';

describeRandomKills(1);
