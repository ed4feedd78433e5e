/** The screens of goals, which share so much that they are loaded as one. */
export { Awards } from "./awards";
export { Quests } from "./quests";
export { Season } from "./season";
