/*
 * Grade levels by whatever name sources give them. OneRoster's are the codes of CEDS (Common
 * Education Data Standards, Entry Grade Level): IT PR PK TK KG 01 .. 13 PS UG Other.
 */
#ifndef ROSTER_GRADES_H
#define ROSTER_GRADES_H

/*
 * "K", "Kindergarten", "0", "1st", "Grade 9", "freshman" ... as the code of CEDS ("KG", "01",
 * "09"), or as most people write it ("K", "1", "9"). NULL: no grade level that is known here.
 */
const char *grades_code(const char *text);
const char *grades_plain(const char *text);

#endif
