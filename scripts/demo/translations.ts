import type { ProductInput } from "#catalog";

// What the demo's goods are called in the other languages of its markets. The names of patterns are names and translated
// as such; what a thing is stands once per kind.

const LANGUAGES = ["de", "fr", "ar"] as const;
type Language = (typeof LANGUAGES)[number];
type Words = Readonly<Record<Language, string>>;

export type Translation = {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
};

const words = (de: string, fr: string, ar: string): Words => ({ de, fr, ar });

const NAMES: Readonly<Record<string, Words>> = {
  heron: words("Reiher", "Héron", "مالك الحزين"),
  tide: words("Gezeit", "Marée", "المد"),
  isobar: words("Isobare", "Isobare", "خطوط الضغط"),
  elder: words("Holunder", "Sureau", "البيلسان"),
  switchback: words("Kehre", "Lacet", "المنعطف"),
  meridian: words("Meridian", "Méridien", "خط الزوال"),
  allotment: words("Schrebergarten", "Potager", "قطع الأرض"),
  murmuration: words("Vogelzug", "Nuée", "سرب الزرازير"),
  seedhead: words("Samenstand", "Graines", "رأس البذور"),
  shingle: words("Kiesel", "Galets", "الحصباء"),
  lantern: words("Laterne", "Lanterne", "الفانوس"),
  rain: words("Regen auf Schiefer", "Pluie sur ardoise", "مطر على الأردواز"),
  "kiln-leaf": words("Brennblatt", "Feuille de four", "ورقة الفرن"),
  "harbour-stripe": words("Hafenstreif", "Rayure du port", "خطوط الميناء"),
  "tooth-check": words("Zahnkaro", "Carreau denté", "مربعات مسننة"),
  plait: words("Zopf", "Tresse", "الضفيرة"),
  marguerite: words("Margerite", "Marguerite", "الأقحوان"),
  sawtooth: words("Sägezahn", "Dents de scie", "أسنان المنشار"),
  sedge: words("Segge", "Laîche", "السعدى"),
  "long-meadow": words("Lange Wiese", "Long pré", "المرج الطويل"),
  "scallop-bay": words("Muschelbucht", "Baie aux coquilles", "خليج الأصداف"),
  packhouse: words("Packhaus", "Maison d’emballage", "بيت التغليف"),
  "courtyard-star": words("Hofstern", "Étoile de la cour", "نجمة الفناء"),
  culvert: words("Durchlass", "Ponceau", "القناة"),
  "fish-scale": words("Fischschuppe", "Écaille", "حراشف السمك"),
  "half-moon": words("Halbmond", "Demi-lune", "نصف القمر"),
  gravel: words("Schotter", "Gravier", "الحصى"),
  compass: words("Kompass", "Boussole", "البوصلة"),
  bunting: words("Wimpelkette", "Fanions", "الأعلام"),
  fernery: words("Farngarten", "Fougeraie", "السراخس"),
  ledger: words("Hauptbuch", "Registre", "دفتر الحساب"),
  moss: words("Moos", "Mousse", "الطحلب"),
  survey: words("Vermessung", "Arpentage", "المساحة"),
  static: words("Rauschen", "Parasites", "التشويش"),
  current: words("Strömung", "Courant", "التيار"),
  almanac: words("Almanach", "Almanach", "التقويم"),
  paddock: words("Koppel", "Enclos", "المرعى"),
  shoal: words("Fischschwarm", "Banc de poissons", "سرب السمك"),
  confetti: words("Konfetti", "Confettis", "القصاصات"),
  "trimming-table": words("Schneidetisch", "Table de coupe", "طاولة القص"),
  "first-set": words("Erster Satz", "Premier ensemble", "المجموعة الأولى"),
};

/** By what stands behind the name in the English title. */
const KINDS: Readonly<Record<string, Words>> = {
  "print on cotton paper": words(
    "Druck auf Baumwollpapier",
    "affiche sur papier coton",
    "طباعة على ورق قطني",
  ),
  "tea towel": words("Geschirrtuch", "torchon", "منشفة مطبخ"),
  "cushion cover": words("Kissenbezug", "housse de coussin", "غطاء وسادة"),
  "lambswool throw": words("Decke aus Lammwolle", "plaid en laine d’agneau", "غطاء من صوف الحملان"),
  "napkins, set of four": words(
    "Servietten, vier Stück",
    "serviettes, lot de quatre",
    "مناديل، طقم من أربعة",
  ),
  "bath towel": words("Badetuch", "drap de bain", "منشفة حمام"),
  "wrapping cloth": words("Einschlagtuch", "tissu d’emballage", "قماش تغليف"),
  "ceramic tile": words("Keramikfliese", "carreau de céramique", "بلاطة سيراميك"),
  "A5 notebook": words("Notizbuch A5", "carnet A5", "دفتر A5"),
  "A6 notebook": words("Notizbuch A6", "carnet A6", "دفتر A6"),
  "print, towel and notebook": words(
    "Druck, Geschirrtuch und Notizbuch",
    "affiche, torchon et carnet",
    "مطبوعة ومنشفة ودفتر",
  ),
};

const LONG_MEADOW = words(
  "Tischläufer aus vorgewaschenem Leinen für einen Tisch für sechs bis acht, von Hand gesäumt, mit Gehrungsecken, 34 × 160 cm",
  "chemin de table en lin lavé pour six à huit convives, ourlé à la main, coins en onglet, 34 × 160 cm",
  "مفرش طاولة من الكتان المغسول لستة إلى ثمانية أشخاص، محاك باليد بزوايا مائلة، 34 × 160 سم",
);

const OPTIONS: Readonly<Record<string, Words>> = {
  Size: words("Größe", "Taille", "المقاس"),
  Frame: words("Rahmen", "Cadre", "الإطار"),
  Colour: words("Farbe", "Couleur", "اللون"),
  Ink: words("Farbe", "Encre", "الحبر"),
  Pack: words("Packung", "Lot", "العبوة"),
  Ruling: words("Lineatur", "Réglure", "التسطير"),
};

const VALUES: Readonly<Record<string, Words>> = {
  "Frame/None": words("Ohne", "Sans", "بدون"),
  "Frame/Oak": words("Eiche", "Chêne", "بلوط"),
  "Frame/Black": words("Schwarz", "Noir", "أسود"),
  "Ruling/Plain": words("Blanko", "Uni", "سادة"),
  "Ruling/Lined": words("Liniert", "Ligné", "مسطر"),
  "Ruling/Dotted": words("Punktiert", "Pointé", "منقط"),
  "Pack/One": words("Eins", "Un", "واحدة"),
};

const HERON = words(
  "<p>Viertelkreise in drei Farben, so gedreht, dass sie wie ein Vogel über flaches Wasser treiben.</p>",
  "<p>Des quarts de cercle en trois encres, tournés pour dériver comme un oiseau sur l’eau basse.</p>",
  "<p>أرباع دوائر بثلاثة أحبار، تنساب مثل طائر فوق ماء ضحل.</p>",
);

function titleIn(language: Language, { handle, title }: ProductInput): string | undefined {
  const name = NAMES[handle]?.[language];
  if (name === undefined) return undefined;
  const comma = language === "ar" ? "، " : ", ";
  const kind = handle === "long-meadow" ? LONG_MEADOW : KINDS[title.slice(title.indexOf(", ") + 2)];
  return kind ? name + comma + kind[language] : undefined;
}

function optionsIn(language: Language, product: ProductInput): Readonly<Record<string, string>> {
  const fields = product.options.flatMap((option, index) => {
    const values = [...new Set(product.variants.map(({ optionValues }) => optionValues[index] ?? ""))];
    return [
      [`option/${option}`, OPTIONS[option]?.[language]] as const,
      ...values.map(
        (value) => [`option/${option}/${value}`, VALUES[`${option}/${value}`]?.[language]] as const,
      ),
    ];
  });
  return Object.fromEntries(
    fields.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const])),
  );
}

const productTexts = (products: readonly ProductInput[]): readonly Translation[] =>
  products.flatMap((product) =>
    LANGUAGES.flatMap((language) => {
      const title = titleIn(language, product);
      const description = product.handle === "heron" ? { descriptionHtml: HERON[language] } : {};
      const fields = {
        ...(title === undefined ? {} : { title }),
        ...description,
        ...optionsIn(language, product),
      };
      return Object.keys(fields).length === 0
        ? []
        : [{ path: `product/${product.handle}/${language}`, fields }];
    }),
  );

const COLLECTIONS: Readonly<Record<string, readonly [title: Words, text: Words]>> = {
  new: [
    words("Neu", "Nouveautés", "جديد"),
    words(
      "Was in den letzten Wochen vom Zeichentisch kam.",
      "Ce qui a quitté la table à dessin ces dernières semaines.",
      "ما غادر طاولة الرسم في الأسابيع الأخيرة.",
    ),
  ],
  prints: [
    words("Drucke", "Affiches", "مطبوعات"),
    words(
      "Pigment auf Baumwollpapier, in vier Größen, lose oder gerahmt.",
      "Pigments sur papier coton, en quatre tailles, nus ou encadrés.",
      "أصباغ على ورق قطني، بأربعة مقاسات، بإطار أو بدونه.",
    ),
  ],
  cloth: [
    words("Stoff", "Tissus", "أقمشة"),
    words(
      "Leinen, Baumwolle und Lammwolle für Küche, Tisch und Sofa.",
      "Lin, coton et laine d’agneau pour la cuisine, la table et le canapé.",
      "كتان وقطن وصوف حملان للمطبخ والمائدة والأريكة.",
    ),
  ],
  tiles: [
    words("Fliesen", "Carreaux", "بلاط"),
    words(
      "Fünfzehn Zentimeter im Quadrat, für Wände hinter Spüle, Wanne und Herd.",
      "Quinze centimètres de côté, pour les murs derrière l’évier, la baignoire et le fourneau.",
      "خمسة عشر سنتيمترًا مربعًا، لجدران خلف الأحواض والمواقد.",
    ),
  ],
  notebooks: [
    words("Notizbücher", "Carnets", "دفاتر"),
    words(
      "Fadengeheftet, damit sie flach liegen. Blanko, liniert oder punktiert.",
      "Cousus au fil, pour rester à plat. Unis, lignés ou pointés.",
      "مخيطة بالخيط لتنفتح مستوية. سادة أو مسطرة أو منقطة.",
    ),
  ],
  sale: [
    words("Reduziert", "Soldes", "تخفيضات"),
    words(
      "Weniger als zuvor, solange es reicht.",
      "Moins qu’avant, tant qu’il y en a.",
      "أقل مما كان، ما دام متوفرًا.",
    ),
  ],
};

const collectionTexts = (): readonly Translation[] =>
  Object.entries(COLLECTIONS).flatMap(([handle, [title, text]]) =>
    LANGUAGES.map((language) => ({
      path: `collection/${handle}/${language}`,
      fields: { title: title[language], descriptionHtml: `<p>${text[language]}</p>` },
    })),
  );

const TYPES: Readonly<Record<string, Words>> = {
  prints: words("Druck", "Affiche", "مطبوعة"),
  cloth: words("Stoff", "Tissu", "قماش"),
  tiles: words("Fliese", "Carreau", "بلاطة"),
  notebooks: words("Notizbuch", "Carnet", "دفتر"),
};
const ATTRIBUTES: Readonly<Record<string, Words>> = {
  ground: words("Grund", "Fond", "الأرضية"),
  inks: words("Farben", "Encres", "الأحبار"),
  motif: words("Motiv", "Motif", "النقش"),
};

const typeTexts = (): readonly Translation[] =>
  Object.entries(TYPES).flatMap(([key, name]) =>
    LANGUAGES.map((language) => ({
      path: `product_type/${key}/${language}`,
      fields: {
        name: name[language],
        ...Object.fromEntries(
          Object.entries(ATTRIBUTES).map(([attribute, label]) => [`attribute/${attribute}`, label[language]]),
        ),
      },
    })),
  );

/** Words of filters and choosers that no single product has for itself. */
const SHARED_WORDS: Readonly<Record<string, Words>> = {
  Celery: words("Sellerie", "Céleri", "كرفسي"),
  Indigo: words("Indigo", "Indigo", "نيلي"),
  Madder: words("Krapp", "Garance", "فوّة"),
  Pine: words("Kiefer", "Pin", "صنوبري"),
  Rust: words("Rost", "Rouille", "صدئي"),
  "25 tiles": words("25 Fliesen", "25 carreaux", "25 بلاطة"),
  "50 tiles": words("50 Fliesen", "50 carreaux", "50 بلاطة"),
  Sample: words("Muster", "Échantillon", "عينة"),
  "Set of three": words("Dreierset", "Lot de trois", "طقم من ثلاث"),
  "Bath towel": words("Badetuch", "Drap de bain", "منشفة حمام"),
  "Cushion cover": words("Kissenbezug", "Housse de coussin", "غطاء وسادة"),
  "Lambswool throw": words("Decke aus Lammwolle", "Plaid en laine d’agneau", "غطاء من صوف الحملان"),
  "Napkins, set of four": words(
    "Servietten, vier Stück",
    "Serviettes, lot de quatre",
    "مناديل، طقم من أربعة",
  ),
  Notebook: words("Notizbuch", "Carnet", "دفتر"),
  Print: words("Druck", "Affiche", "مطبوعة"),
  Set: words("Set", "Coffret", "طقم"),
  "Table runner": words("Tischläufer", "Chemin de table", "مفرش طاولة"),
  "Tea towel": words("Geschirrtuch", "Torchon", "منشفة مطبخ"),
  Tile: words("Fliese", "Carreau", "بلاطة"),
  "Wrapping cloth": words("Einschlagtuch", "Tissu d’emballage", "قماش تغليف"),
};

/** What options, values and kinds are called in filters and choosers, once for the whole shop. */
export const demoWords = (): readonly {
  readonly locale: Language;
  readonly words: Readonly<Record<string, string>>;
}[] =>
  LANGUAGES.map((language) => ({
    locale: language,
    words: Object.fromEntries([
      ...Object.entries(VALUES).map(([key, text]) => [key.slice(key.indexOf("/") + 1), text[language]]),
      ...Object.entries({ ...OPTIONS, ...SHARED_WORDS }).map(([own, text]) => [own, text[language]]),
    ]),
  }));

/** Titles of everything in German, French and Arabic; the heron, the collections and the kinds of goods with their texts. */
export const demoTranslations = (products: readonly ProductInput[]): readonly Translation[] => [
  ...collectionTexts(),
  ...typeTexts(),
  ...productTexts(products),
];
