export { decideChange } from '../records/decideChange.ts';
