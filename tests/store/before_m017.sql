-- The rows of a database as it was before the step m017_index_without_words: the story of
-- tests/store/build.py, a report, and the story at another address, redacted.
INSERT INTO attribution VALUES (1, 'attribution-51c230de03945d99b41b2f79220de840', 'version-f76a4f01addf927085967cc2d4e161b5', 0, '1', 'indirect', 'none_stated', 'neutral', 'assert', 'asserted', 'other', NULL, 'source-2aa99a93124b6028fc3e89c1feca27f1', 0.5, 0, '', NULL, 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (2, 'attribution-3e0c9e35fd53acffed4450289b505d1d', 'version-f76a4f01addf927085967cc2d4e161b5', 1, '2', 'indirect', 'none_stated', 'neutral', 'assert', 'asserted', 'other', NULL, 'source-bba87f5276bf97c5e04e6067cec42fc6', 0.5, 0, '', NULL, 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (3, 'attribution-6333e0f1257be5bdb88439f2d8ff294c', 'version-f76a4f01addf927085967cc2d4e161b5', 2, '3', 'direct', 'none_stated', 'distancing', 'assert', 'asserted', 'other', NULL, 'source-2aa99a93124b6028fc3e89c1feca27f1', 0.5, 0, '', 'attribution-3e0c9e35fd53acffed4450289b505d1d', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (4, 'attribution-7b3a850ccad277b702277a1936914402', 'version-2e405bcff5509feaf2ee28360fd98df4', 0, '1', 'indirect', 'none_stated', 'neutral', 'assert', 'asserted', 'other', NULL, 'source-bba87f5276bf97c5e04e6067cec42fc6', 0.5, 0, '', NULL, 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (5, 'attribution-63a09f2e0606dff9a17653d3c6c691ad', 'version-e3fd3294606aa00f09854588fe8d7ffd', 0, '1', 'indirect', 'none_stated', 'neutral', 'assert', 'asserted', 'other', NULL, 'source-2aa99a93124b6028fc3e89c1feca27f1', 0.5, 0, '', NULL, 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (6, 'attribution-2153f9ae703c6491d840fd35b672773a', 'version-e3fd3294606aa00f09854588fe8d7ffd', 1, '2', 'indirect', 'none_stated', 'neutral', 'assert', 'asserted', 'other', NULL, 'source-bba87f5276bf97c5e04e6067cec42fc6', 0.5, 0, '', NULL, 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution VALUES (7, 'attribution-36b93f59ff2386458709161415055a4a', 'version-e3fd3294606aa00f09854588fe8d7ffd', 2, '3', 'direct', 'none_stated', 'distancing', 'assert', 'asserted', 'other', NULL, 'source-2aa99a93124b6028fc3e89c1feca27f1', 0.5, 0, '', 'attribution-2153f9ae703c6491d840fd35b672773a', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO attribution_span VALUES ('attribution-51c230de03945d99b41b2f79220de840', 'source', 0, 24, 36, 'وكالة النورس', 'إغلاق ميناء الصدفة
نقلت ', ' عن وزارة الخارجية القمرية قولها');
INSERT INTO attribution_span VALUES ('attribution-51c230de03945d99b41b2f79220de840', 'cue', 0, 19, 23, 'نقلت', 'إغلاق ميناء الصدفة
', ' وكالة النورس عن وزارة الخارجية ');
INSERT INTO attribution_span VALUES ('attribution-51c230de03945d99b41b2f79220de840', 'content', 0, 63, 101, 'قولها إن ميناء الصدفة أُغلق أمام السفن', 'لنورس عن وزارة الخارجية القمرية ', '. وزعمت الوكالة أن «العاصفة بلغت');
INSERT INTO attribution_span VALUES ('attribution-3e0c9e35fd53acffed4450289b505d1d', 'source', 0, 40, 62, 'وزارة الخارجية القمرية', 'ناء الصدفة
نقلت وكالة النورس عن ', ' قولها إن ميناء الصدفة أُغلق أما');
INSERT INTO attribution_span VALUES ('attribution-3e0c9e35fd53acffed4450289b505d1d', 'cue', 0, 63, 68, 'قولها', 'لنورس عن وزارة الخارجية القمرية ', ' إن ميناء الصدفة أُغلق أمام السف');
INSERT INTO attribution_span VALUES ('attribution-3e0c9e35fd53acffed4450289b505d1d', 'content', 0, 72, 101, 'ميناء الصدفة أُغلق أمام السفن', 'وزارة الخارجية القمرية قولها إن ', '. وزعمت الوكالة أن «العاصفة بلغت');
INSERT INTO attribution_span VALUES ('attribution-6333e0f1257be5bdb88439f2d8ff294c', 'source', 0, 109, 116, 'الوكالة', ' الصدفة أُغلق أمام السفن. وزعمت ', ' أن «العاصفة بلغت الساحل»، على ح');
INSERT INTO attribution_span VALUES ('attribution-6333e0f1257be5bdb88439f2d8ff294c', 'cue', 0, 104, 108, 'زعمت', 'ميناء الصدفة أُغلق أمام السفن. و', ' الوكالة أن «العاصفة بلغت الساحل');
INSERT INTO attribution_span VALUES ('attribution-6333e0f1257be5bdb88439f2d8ff294c', 'content', 0, 120, 141, '«العاصفة بلغت الساحل»', 'لق أمام السفن. وزعمت الوكالة أن ', '، على حد تعبيرها.
وميناء الصدفة ');
INSERT INTO attribution_span VALUES ('attribution-6333e0f1257be5bdb88439f2d8ff294c', 'antecedent', 0, 24, 36, 'وكالة النورس', 'إغلاق ميناء الصدفة
نقلت ', ' عن وزارة الخارجية القمرية قولها');
INSERT INTO attribution_span VALUES ('attribution-7b3a850ccad277b702277a1936914402', 'source', 0, 12, 19, 'الوزارة', 'خبر 1. قالت ', ' إن المطر نزل على الجبل.');
INSERT INTO attribution_span VALUES ('attribution-7b3a850ccad277b702277a1936914402', 'cue', 0, 7, 11, 'قالت', 'خبر 1. ', ' الوزارة إن المطر نزل على الجبل.');
INSERT INTO attribution_span VALUES ('attribution-7b3a850ccad277b702277a1936914402', 'content', 0, 23, 42, 'المطر نزل على الجبل', 'خبر 1. قالت الوزارة إن ', '.');
INSERT INTO attribution_span VALUES ('attribution-63a09f2e0606dff9a17653d3c6c691ad', 'source', 0, 24, 36, '████████████', '██████████████████
█████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-63a09f2e0606dff9a17653d3c6c691ad', 'cue', 0, 19, 23, '████', '██████████████████
', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-63a09f2e0606dff9a17653d3c6c691ad', 'content', 0, 63, 101, '██████████████████████████████████████', '████████████████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-2153f9ae703c6491d840fd35b672773a', 'source', 0, 40, 62, '██████████████████████', '██████████
█████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-2153f9ae703c6491d840fd35b672773a', 'cue', 0, 63, 68, '█████', '████████████████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-2153f9ae703c6491d840fd35b672773a', 'content', 0, 72, 101, '█████████████████████████████', '████████████████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-36b93f59ff2386458709161415055a4a', 'source', 0, 109, 116, '███████', '████████████████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-36b93f59ff2386458709161415055a4a', 'cue', 0, 104, 108, '████', '████████████████████████████████', '████████████████████████████████');
INSERT INTO attribution_span VALUES ('attribution-36b93f59ff2386458709161415055a4a', 'content', 0, 120, 141, '█████████████████████', '████████████████████████████████', '█████████████████
██████████████');
INSERT INTO attribution_span VALUES ('attribution-36b93f59ff2386458709161415055a4a', 'antecedent', 0, 24, 36, '████████████', '██████████████████
█████', '████████████████████████████████');
INSERT INTO claim VALUES (1, 'claim-fffb5571fdacf67d62f5099085f1265b', 'attribution-51c230de03945d99b41b2f79220de840', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (2, 'claim-11e36abe1cf941080a4a65573c8575fe', 'attribution-3e0c9e35fd53acffed4450289b505d1d', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (3, 'claim-05ce839196f58256ff3664e76008bbf6', 'attribution-6333e0f1257be5bdb88439f2d8ff294c', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (4, 'claim-18c46923f3ddfeffb604737f1d0bb76c', 'attribution-7b3a850ccad277b702277a1936914402', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (5, 'claim-114317214365f50dbb9d7621ef672f6c', 'attribution-63a09f2e0606dff9a17653d3c6c691ad', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (6, 'claim-c448830612617a93287c3d17d06d7dff', 'attribution-2153f9ae703c6491d840fd35b672773a', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim VALUES (7, 'claim-17533050d1e8debfb2b1a5e594de430b', 'attribution-36b93f59ff2386458709161415055a4a', '2031-05-04T09:30:00Z', NULL);
INSERT INTO claim_cluster VALUES ('claim-fffb5571fdacf67d62f5099085f1265b', 'claim-fffb5571fdacf67d62f5099085f1265b');
INSERT INTO claim_cluster VALUES ('claim-11e36abe1cf941080a4a65573c8575fe', 'claim-11e36abe1cf941080a4a65573c8575fe');
INSERT INTO claim_cluster VALUES ('claim-05ce839196f58256ff3664e76008bbf6', 'claim-05ce839196f58256ff3664e76008bbf6');
INSERT INTO claim_cluster VALUES ('claim-18c46923f3ddfeffb604737f1d0bb76c', 'claim-18c46923f3ddfeffb604737f1d0bb76c');
INSERT INTO claim_cluster VALUES ('claim-114317214365f50dbb9d7621ef672f6c', 'claim-114317214365f50dbb9d7621ef672f6c');
INSERT INTO claim_cluster VALUES ('claim-c448830612617a93287c3d17d06d7dff', 'claim-c448830612617a93287c3d17d06d7dff');
INSERT INTO claim_cluster VALUES ('claim-17533050d1e8debfb2b1a5e594de430b', 'claim-17533050d1e8debfb2b1a5e594de430b');
INSERT INTO claim_text VALUES ('claim-fffb5571fdacf67d62f5099085f1265b', 'ar', 'قولها إن ميناء الصدفة أُغلق أمام السفن', 'c799997096ff959ea6041c6c65a23134');
INSERT INTO claim_text VALUES ('claim-11e36abe1cf941080a4a65573c8575fe', 'ar', 'ميناء الصدفة أُغلق أمام السفن', 'd04ea752c9cb33131f81773fed1e544b');
INSERT INTO claim_text VALUES ('claim-05ce839196f58256ff3664e76008bbf6', 'ar', '«العاصفة بلغت الساحل»', NULL);
INSERT INTO claim_text VALUES ('claim-18c46923f3ddfeffb604737f1d0bb76c', 'ar', 'المطر نزل على الجبل', NULL);
INSERT INTO claim_text VALUES ('claim-114317214365f50dbb9d7621ef672f6c', 'ar', '██████████████████████████████████████', NULL);
INSERT INTO claim_text VALUES ('claim-c448830612617a93287c3d17d06d7dff', 'ar', '█████████████████████████████', NULL);
INSERT INTO claim_text VALUES ('claim-17533050d1e8debfb2b1a5e594de430b', 'ar', '█████████████████████', NULL);
INSERT INTO desk VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', '2031-05-04T09:30:00Z', 'tester', NULL);
INSERT INTO document VALUES ('document-5a8cf17498389632fdaeb4adaf5e9a22', 'url', 'https://nawras.invalid/1', '2031-05-04T09:30:00Z', NULL);
INSERT INTO document VALUES ('document-a1749070d063c02b72f19f0ed50fbda1', 'url', 'https://nawras.invalid/report/1', '2031-05-04T09:30:00Z', NULL);
INSERT INTO document VALUES ('document-a2f52f43179bc4150d10153c9a034f81', 'url', 'https://nawras.invalid/2', '2031-05-04T09:30:00Z', '2031-05-04T10:30:00Z');
INSERT INTO document_part VALUES ('version-f76a4f01addf927085967cc2d4e161b5', 'title', 0, 18);
INSERT INTO document_part VALUES ('version-f76a4f01addf927085967cc2d4e161b5', 'body', 19, 190);
INSERT INTO document_part VALUES ('version-e3fd3294606aa00f09854588fe8d7ffd', 'title', 0, 18);
INSERT INTO document_part VALUES ('version-e3fd3294606aa00f09854588fe8d7ffd', 'body', 19, 190);
INSERT INTO document_url VALUES ('document-5a8cf17498389632fdaeb4adaf5e9a22', 'raw', 'https://nawras.invalid/1');
INSERT INTO document_url VALUES ('document-a1749070d063c02b72f19f0ed50fbda1', 'raw', 'https://nawras.invalid/report/1');
INSERT INTO document_url VALUES ('document-a2f52f43179bc4150d10153c9a034f81', 'raw', 'https://nawras.invalid/2');
INSERT INTO document_version VALUES (1, 'version-f76a4f01addf927085967cc2d4e161b5', 'document-5a8cf17498389632fdaeb4adaf5e9a22', 1, 'db717dbfe765e8d088eda87fc3262bb39269538065497a0f738172091a5de0b0', 'ar', 'إغلاق ميناء الصدفة', 'النورس', NULL, '', NULL, 'unknown', NULL, 0, '2031-05-04T09:30:00Z', NULL, 'إغلاق ميناء الصدفة
نقلت وكالة النورس عن وزارة الخارجية القمرية قولها إن ميناء الصدفة أُغلق أمام السفن. وزعمت الوكالة أن «العاصفة بلغت الساحل»، على حد تعبيرها.
وميناء الصدفة أكبر موانئ قمرية.');
INSERT INTO document_version VALUES (2, 'version-2e405bcff5509feaf2ee28360fd98df4', 'document-a1749070d063c02b72f19f0ed50fbda1', 1, '02b068633a569b80ac779a3bb008ea8e14b22028e3810c1bc29e5796c5f67a2f', 'ar', NULL, NULL, NULL, '', NULL, 'unknown', NULL, 0, '2031-05-04T09:30:00Z', NULL, 'خبر 1. قالت الوزارة إن المطر نزل على الجبل.');
INSERT INTO document_version VALUES (3, 'version-e3fd3294606aa00f09854588fe8d7ffd', 'document-a2f52f43179bc4150d10153c9a034f81', 1, 'db717dbfe765e8d088eda87fc3262bb39269538065497a0f738172091a5de0b0', 'ar', '██████████████████', 'النورس', NULL, '', NULL, 'unknown', NULL, 0, '2031-05-04T09:30:00Z', NULL, '██████████████████
███████████████████████████████████████████████████████████████████████████████████████████████████████████████████████████████████████████
███████████████████████████████');
INSERT INTO event_log VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 1, '2031-05-04T09:30:00Z', 'tester', 'add', 'version-f76a4f01addf927085967cc2d4e161b5', 'cf85a2380f207a5442bd2424439ed771', '219411646b7e29b0e4a76f5f2b392657', '763caa896fb051763c62a8dd223adbd1');
INSERT INTO event_log VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 2, '2031-05-04T09:30:00Z', 'tester', 'add', 'version-2e405bcff5509feaf2ee28360fd98df4', '4e7087d5f159e8b64627f57109539fb5', '763caa896fb051763c62a8dd223adbd1', '15482d52487cfb94c3f78fe877fa85cd');
INSERT INTO event_log VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 3, '2031-05-04T09:30:00Z', 'tester', 'add', 'version-e3fd3294606aa00f09854588fe8d7ffd', '3e0bc33399f74acde592122d8ccd96d2', '15482d52487cfb94c3f78fe877fa85cd', '3cc903951cee1bb1316b0ec5efa16633');
INSERT INTO event_log VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 4, '2031-05-04T10:30:00Z', 'anna', 'retract', 'retraction-19162d5cefdd2fc62ac98007c42703ea', '623c2d574e0a1412a21f3f365fdf354d', '3cc903951cee1bb1316b0ec5efa16633', '901025cdc1ae1c3ec6eaa9db7a4cd9b9');
INSERT INTO event_log VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 5, '2031-05-04T10:30:00Z', 'anna', 'redact', 'redaction-3c632695b2bd806d6563868b51b256e0', 'b6c88aadef6d49c702f235f2409faeeb', '901025cdc1ae1c3ec6eaa9db7a4cd9b9', 'a382444ce3fda095a62d49c7248692f5');
INSERT INTO log_head VALUES ('desk-7ce3fae28f64780c52d65ba37b4f3516', 5, 'a382444ce3fda095a62d49c7248692f5');
INSERT INTO narration VALUES ('narration-416dda5fc632383baddcd9ae7a75e2eb', 'version-f76a4f01addf927085967cc2d4e161b5', 159, 190, 'وميناء الصدفة أكبر موانئ قمرية.', 'ة بلغت الساحل»، على حد تعبيرها.
', '', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO narration VALUES ('narration-b111ba4f3c3e26efe3f06fbcee973f86', 'version-e3fd3294606aa00f09854588fe8d7ffd', 159, 190, '███████████████████████████████', '███████████████████████████████
', '', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO redaction VALUES (1, 'redaction-3c632695b2bd806d6563868b51b256e0', 'document-a2f52f43179bc4150d10153c9a034f81', 'A witness is at risk.', 'anna', '2031-05-04T10:30:00Z', '2031-05-04T10:30:00Z');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-2153f9ae703c6491d840fd35b672773a content 0', '["exact", "prefix", "suffix"]', '42bc73ba5d3c9ccc7d44a955a020be01');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-2153f9ae703c6491d840fd35b672773a cue 0', '["exact", "prefix", "suffix"]', '6072a74e05ad10dd74a220a913e0cb95');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-2153f9ae703c6491d840fd35b672773a source 0', '["exact", "prefix", "suffix"]', '2834973c2aacc46b8b1740226a9e6f52');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-36b93f59ff2386458709161415055a4a antecedent 0', '["exact", "prefix", "suffix"]', 'c1cbd9e34559b7e217d404e0989bcd5b');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-36b93f59ff2386458709161415055a4a content 0', '["exact", "prefix", "suffix"]', '958faa2f604b57f84df98a445f1153ea');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-36b93f59ff2386458709161415055a4a cue 0', '["exact", "prefix", "suffix"]', '1281a4ea20ebd495a490fc0208055a36');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-36b93f59ff2386458709161415055a4a source 0', '["exact", "prefix", "suffix"]', '4a504231407e7984df3f62956b84afd7');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-63a09f2e0606dff9a17653d3c6c691ad content 0', '["exact", "prefix", "suffix"]', 'bbc5191610270fdc4d1ff240b3b96f0c');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-63a09f2e0606dff9a17653d3c6c691ad cue 0', '["exact", "prefix", "suffix"]', '7cc58531c5d44af24c1d6c0fdc05ed5d');
INSERT INTO redaction_row VALUES (1, 'attribution_span', 'attribution-63a09f2e0606dff9a17653d3c6c691ad source 0', '["exact", "prefix", "suffix"]', 'c1cbd9e34559b7e217d404e0989bcd5b');
INSERT INTO redaction_row VALUES (1, 'claim_text', 'claim-114317214365f50dbb9d7621ef672f6c ar', '["text", "wording"]', 'dffe77e7bd8473c919f901c45d428203');
INSERT INTO redaction_row VALUES (1, 'claim_text', 'claim-17533050d1e8debfb2b1a5e594de430b ar', '["text", "wording"]', 'cb656488637e17980d705817ff180868');
INSERT INTO redaction_row VALUES (1, 'claim_text', 'claim-c448830612617a93287c3d17d06d7dff ar', '["text", "wording"]', 'c7476f94e3ae114aa90248fe188ee13f');
INSERT INTO redaction_row VALUES (1, 'document_version', 'version-e3fd3294606aa00f09854588fe8d7ffd', '["text", "title"]', 'd7f7cd3fd1ca69e1b6161e165ae2943a');
INSERT INTO redaction_row VALUES (1, 'narration', 'narration-b111ba4f3c3e26efe3f06fbcee973f86', '["exact", "prefix", "suffix"]', 'a2868ff2e66d44b9221f21b114652f93');
INSERT INTO redaction_row VALUES (1, 'relay', 'relay-20d80689ea42f7b9182e634f40b48380', '["evidence"]', '4aeea4695820e857048e90f34822c1df');
INSERT INTO redaction_row VALUES (1, 'relay', 'relay-9b01b32326b953d40bdc834e26c4f17a', '["evidence"]', '4b443018eb522d7a50257d45a3fd5771');
INSERT INTO redaction_row VALUES (1, 'source_name', 'source-bba87f5276bf97c5e04e6067cec42fc6 0', '["text"]', '1209368dc1d3af907178246567c87cd2');
INSERT INTO relay VALUES ('relay-9b01b32326b953d40bdc834e26c4f17a', 'attribution-51c230de03945d99b41b2f79220de840', 'attribution-3e0c9e35fd53acffed4450289b505d1d', 'relays', '████ ████████████ عن ██████████████████████ █████', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO relay VALUES ('relay-20d80689ea42f7b9182e634f40b48380', 'attribution-63a09f2e0606dff9a17653d3c6c691ad', 'attribution-2153f9ae703c6491d840fd35b672773a', 'relays', '█████████████████████████████████████████████████', 'run-b3b4cc43a908e98bbe2f341dd091144e', '2031-05-04T09:30:00Z', NULL);
INSERT INTO retraction VALUES (1, 'retraction-19162d5cefdd2fc62ac98007c42703ea', 'document-a2f52f43179bc4150d10153c9a034f81', 'A witness is at risk.', 'anna', '2031-05-04T10:30:00Z', '2031-05-04T10:30:00Z', NULL);
INSERT INTO retraction_row VALUES (1, 'document', 'document-a2f52f43179bc4150d10153c9a034f81', NULL);
INSERT INTO run VALUES ('run-b3b4cc43a908e98bbe2f341dd091144e', 'rules', '1.0', '{"pack":"abc"}', '2031-05-04T09:30:00Z');
INSERT INTO source VALUES ('source-2aa99a93124b6028fc3e89c1feca27f1', 'nawras', 'Nawras Agency', 'agency', 'news_agency', NULL, NULL, NULL, 1, '2031-05-04T09:30:00Z', NULL, NULL);
INSERT INTO source VALUES ('source-bba87f5276bf97c5e04e6067cec42fc6', 'qm-mfa', 'Foreign Ministry of Qamaria', 'body', 'government', 'QM', 'mfa.qm.invalid', NULL, 1, '2031-05-04T09:30:00Z', NULL, NULL);
INSERT INTO source VALUES ('source-d16011ee64a7dd64243f27f0d18a67a9', 'qm', 'Qamaria', 'state', 'government', 'QM', NULL, NULL, 1, '2031-05-04T09:30:00Z', NULL, NULL);
INSERT INTO source_name VALUES ('source-bba87f5276bf97c5e04e6067cec42fc6', 0, '██████████████████████', 'ar', 'official');
INSERT INTO source_name VALUES ('source-bba87f5276bf97c5e04e6067cec42fc6', 1, 'الخارجية القمرية', 'ar', 'alias');
INSERT INTO source_name VALUES ('source-bba87f5276bf97c5e04e6067cec42fc6', 2, 'Qamarian Foreign Ministry', 'en', 'alias');
INSERT INTO source_relation VALUES ('source-bba87f5276bf97c5e04e6067cec42fc6', 0, 'speaks_for', 'source-d16011ee64a7dd64243f27f0d18a67a9', NULL, NULL);
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (1, 'وكاله النورس xsنورس xsوكال', 'نقلت xsنقل', 'قولها ان ميناء الصدفه اغلق امام السفن xsاغلق xsامام xsان xsسفن xsصدف xsقول xsمين');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (2, 'وزاره الخارجيه القمريه xsخارج xsقمر xsوزار', 'قولها xsقول', 'ميناء الصدفه اغلق امام السفن xsاغلق xsامام xsسفن xsصدف xsمين');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (3, 'الوكاله وكاله النورس xsنورس xsوكال', 'زعمت xsزعم', 'العاصفه بلغت الساحل xsبلغ xsساحل xsعاصف');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (4, 'الوزاره xsوزار', 'قالت xsقال', 'المطر نزل علي الجبل xsجبل xsعلي xsمطر xsنزل');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (5, '', '', '');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (6, '', '', '');
INSERT INTO attribution_fts (rowid, source, cue, content) VALUES (7, '', '', '');
INSERT INTO document_fts (rowid, title, body) VALUES (1, 'اغلاق ميناء الصدفه xsاغلاق xsصدف xsمين', 'نقلت وكاله النورس عن وزاره الخارجيه القمريه قولها ان ميناء الصدفه اغلق امام السفن وزعمت الوكاله ان العاصفه بلغت الساحل علي حد تعبيرها وميناء الصدفه اكبر مواني قمريه xsاغلق xsاكبر xsامام xsان xsبلغ xsتعبير xsحد xsخارج xsزعم xsساحل xsسفن xsصدف xsعاصف xsعلي xsعن xsقمر xsقول xsموان xsمين xsنقل xsنورس xsوزار xsوزعم xsوكال xsومين');
INSERT INTO document_fts (rowid, title, body) VALUES (2, '', 'خبر 1 قالت الوزاره ان المطر نزل علي الجبل xsان xsجبل xsخبر xsعلي xsقال xsمطر xsنزل xsوزار');
INSERT INTO document_fts (rowid, title, body) VALUES (3, '', '');
