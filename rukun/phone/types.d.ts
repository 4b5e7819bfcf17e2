// For the editor alone: what the scripts call by name across files. No script imports it; nothing of it is served.

type Answer = import("./static/phone/wire").Answer;
type App = import("./static/phone/app").App;
type Area = import("./static/phone/places").Area;
type Came = import("./static/phone/outbox").Came;
type Choice = import("./static/phone/places").Choice;
type Head = import("./static/phone/seal").Head;
type Item = import("./static/phone/store").Item;
type Kept = import("./static/phone/keys").Kept;
type Lexicon = import("./static/phone/guard").Lexicon;
type Noted = import("./static/phone/recording").Noted;
type Part = import("./static/phone/store").Part;
type PublicKey = import("./static/phone/seal").PublicKey;
type Session = import("./static/phone/session").Session;
type Store = import("./static/phone/store").Store;
type Token = import("./static/phone/guard").Token;
type Writing = import("./static/phone/form").Writing;
