// A page of text as staff would write it, in every language of the demo's markets: how to look after what the shop sells.

export type DemoText = {
  readonly handle: string;
  /** Absent: the shop's own language. */
  readonly locale?: string;
  readonly page: { readonly title: string; readonly description: string; readonly bodyHtml: string };
};

type Section = readonly [heading: string, text: string];

const body = (lead: string, sections: readonly Section[]): string =>
  [`<p>${lead}</p>`, ...sections.map(([heading, text]) => `<h2>${heading}</h2><p>${text}</p>`)].join("");

const ENGLISH = {
  title: "Care",
  description: "How prints, cloth, tiles and notebooks stay as they were.",
  bodyHtml: body("Most of what we make lasts longest when little is done to it.", [
    [
      "Prints",
      "Hang them out of direct sun; behind glass if you can. Touch the edge of the paper, not the ink. A wave in the sheet goes after a day under books.",
    ],
    [
      "Cloth",
      "Wash linen and cotton at 40 °C with like colours and iron them damp. Lambswool wants air more than water: shake it out, brush it, and wash it by hand if it must be.",
    ],
    [
      "Tiles",
      "Seal the joints, not the glaze. Warm water is enough; vinegar dulls the surface over the years.",
    ],
    ["Notebooks", "They are sewn, so bend them back once along the spine and they lie flat for good."],
  ]),
};

const GERMAN = {
  title: "Pflege",
  description: "Wie Drucke, Stoffe, Fliesen und Notizbücher bleiben, wie sie waren.",
  bodyHtml: body("Das meiste von uns hält am längsten, wenn man wenig damit macht.", [
    [
      "Drucke",
      "Hängen Sie sie nicht in die Sonne, am besten hinter Glas. Fassen Sie den Rand des Papiers an, nicht die Farbe. Eine Welle im Blatt vergeht nach einem Tag unter Büchern.",
    ],
    [
      "Stoff",
      "Waschen Sie Leinen und Baumwolle bei 40 °C mit ähnlichen Farben und bügeln Sie feucht. Lammwolle braucht eher Luft als Wasser: ausschütteln, bürsten und nur zur Not von Hand waschen.",
    ],
    [
      "Fliesen",
      "Imprägnieren Sie die Fugen, nicht die Glasur. Warmes Wasser genügt; Essig macht die Oberfläche mit den Jahren matt.",
    ],
    ["Notizbücher", "Sie sind fadengeheftet: Einmal am Rücken durchbiegen, und sie liegen für immer flach."],
  ]),
};

const FRENCH = {
  title: "Entretien",
  description: "Comment affiches, tissus, carreaux et carnets restent comme au premier jour.",
  bodyHtml: body("Presque tout ce que nous faisons dure le plus longtemps quand on y touche peu.", [
    [
      "Affiches",
      "Accrochez-les à l’abri du soleil direct, sous verre si possible. Tenez le bord du papier, pas l’encre. Une ondulation disparaît après un jour sous des livres.",
    ],
    [
      "Tissus",
      "Lavez le lin et le coton à 40 °C avec des couleurs proches et repassez-les humides. La laine d’agneau préfère l’air à l’eau : secouez-la, brossez-la, et lavez-la à la main s’il le faut.",
    ],
    [
      "Carreaux",
      "Traitez les joints, pas l’émail. L’eau chaude suffit ; le vinaigre ternit la surface avec les années.",
    ],
    ["Carnets", "Ils sont cousus : pliez-les une fois le long du dos et ils resteront à plat."],
  ]),
};

const ARABIC = {
  title: "العناية",
  description: "كيف تبقى المطبوعات والأقمشة والبلاط والدفاتر كما كانت.",
  bodyHtml: body("معظم ما نصنعه يدوم أطول حين لا يُفعل به إلا القليل.", [
    [
      "المطبوعات",
      "علّقها بعيدًا عن الشمس المباشرة، وخلف الزجاج إن أمكن. أمسك حافة الورق لا الحبر. ويزول تموّج الورقة بعد يوم تحت الكتب.",
    ],
    [
      "الأقمشة",
      "اغسل الكتان والقطن على 40 درجة مع ألوان متقاربة واكوهما رطبين. وصوف الحملان يحتاج إلى الهواء أكثر من الماء: انفضه وافركه بالفرشاة، ولا تغسله باليد إلا عند الحاجة.",
    ],
    ["البلاط", "عالج الفواصل لا الطلاء. يكفي الماء الدافئ، أما الخل فيُذهب لمعان السطح مع السنين."],
    ["الدفاتر", "هي مخيطة: اثنها مرة على طول الظهر فتبقى مستوية دائمًا."],
  ]),
};

const CARE = "materials-and-care";

/** The page about care, in English, German, French and Arabic. */
export const DEMO_TEXTS: readonly DemoText[] = [
  { handle: CARE, page: ENGLISH },
  { handle: CARE, locale: "de", page: GERMAN },
  { handle: CARE, locale: "fr", page: FRENCH },
  { handle: CARE, locale: "ar", page: ARABIC },
];
