CREATE TABLE `tax_rules` (
	`country` text NOT NULL,
	`region` text NOT NULL,
	`tax_class` text NOT NULL,
	`valid_from_ms` integer NOT NULL,
	`rate_ppm` integer NOT NULL,
	`taxes_delivery` integer NOT NULL,
	PRIMARY KEY(`country`, `region`, `tax_class`, `valid_from_ms`),
	CONSTRAINT "tax_rules_country" CHECK(length(country) = 2),
	CONSTRAINT "tax_rules_class" CHECK(tax_class IN ('standard', 'reduced', 'zero')),
	CONSTRAINT "tax_rules_rate" CHECK(rate_ppm BETWEEN 0 AND 1000000 AND valid_from_ms >= 0),
	CONSTRAINT "tax_rules_delivery" CHECK(taxes_delivery IN (0, 1))
) STRICT, WITHOUT ROWID;
