// Asked by test_guard.py: reads texts with the phone's twin of the guard, and says what it would hint.
import { readFileSync } from "node:fs";

import { hints, learned } from "../static/phone/cues.js";

const { lexicon, texts } = JSON.parse(readFileSync(0, "utf-8"));
const known = learned(lexicon);
console.log(JSON.stringify(texts.map((text) => hints(text, known).kinds.sort())));
