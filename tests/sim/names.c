/* Names of the simulated district: see names.h. */
#include "names.h"

#include <stdio.h>

#define PICK(list, hash) ((list)[(hash) % (sizeof(list) / sizeof((list)[0]))])

static const char *const given[] = {"Aaliyah", "Aaron", "Abigail", "Adrian", "Aiden",
	"Alejandro", "Alexis", "Alice", "Amara", "Amelia", "Amir", "Ana", "Andre", "Anika",
	"Anthony", "Aria", "Asher", "Aurora", "Ava", "Avery", "Beatriz", "Benjamin", "Brandon",
	"Brianna", "Caleb", "Camila", "Carlos", "Caroline", "Charlotte", "Chloe", "Christian",
	"Claire", "Connor", "Daniel", "Daniela", "Darius", "David", "Deja", "Diego", "Dominic",
	"Dylan", "Eleanor", "Eli", "Elijah", "Elizabeth", "Ella", "Emily", "Emma", "Eric",
	"Ethan", "Eva", "Evelyn", "Fatima", "Felix", "Gabriel", "Gabriela", "Genesis", "George",
	"Grace", "Hailey", "Hannah", "Harper", "Hassan", "Henry", "Ian", "Ibrahim", "Imani",
	"Isaac", "Isabella", "Isaiah", "Ivan", "Jack", "Jackson", "Jacob", "Jada", "James",
	"Jasmine", "Jayden", "Jeremiah", "Jessica", "John", "Jonathan", "Jordan", "Joseph",
	"Joshua", "Julia", "Julian", "Kaitlyn", "Kayla", "Kevin", "Khalil", "Kimberly",
	"Landon", "Laila", "Laura", "Leah", "Leo", "Levi", "Liam", "Lily", "Logan", "Lucas",
	"Lucy", "Luis", "Luna", "Madison", "Malik", "Maria", "Mason", "Mateo", "Maya", "Mei",
	"Mia", "Michael", "Miguel", "Mila", "Mohamed", "Naomi", "Natalie", "Nathan", "Nevaeh",
	"Nia", "Nicholas", "Noah", "Nora", "Oliver", "Olivia", "Omar", "Owen", "Parker",
	"Penelope", "Priya", "Quinn", "Rafael", "Raj", "Rebecca", "Riley", "Robert", "Rosa",
	"Ruby", "Ryan", "Samantha", "Samuel", "Sara", "Savannah", "Scarlett", "Sebastian",
	"Sofia", "Sophie", "Stella", "Tariq", "Thomas", "Tyler", "Valentina", "Victoria",
	"Violet", "William", "Wyatt", "Xavier", "Yasmin", "Zachary", "Zoe"};

static const char *const given_rare[] = {"José", "Zoë", "Renée", "Siân", "Łukasz", "Chloé",
	"Søren", "Nuñez", "D'Andre", "Jean-Luc", "Mary-Kate", "Anne Marie", "Mary  Jo",
	"Noe\xcc\x88l", "Jose\xcc\x81", "小明", "美咲", "지우", "Дарья", "محمد", "Nguyệt", "Ơn",
	"Ka‘iulani", "Óscar", "La'Keisha", "Ana Sofía", "Lily 🌸", "Æthelred", "İpek", "ßara"};

static const char *const family[] = {"Adams", "Aguilar", "Ali", "Allen", "Alvarez", "Anderson",
	"Bailey", "Baker", "Barnes", "Bell", "Bennett", "Brooks", "Brown", "Bryant", "Butler",
	"Campbell", "Carter", "Castillo", "Chavez", "Chen", "Clark", "Coleman", "Collins",
	"Cook", "Cooper", "Cox", "Cruz", "Davis", "Diaz", "Edwards", "Evans", "Fisher",
	"Flores", "Foster", "Freeman", "Garcia", "Gibson", "Gomez", "Gonzalez", "Graham",
	"Gray", "Green", "Griffin", "Gutierrez", "Hall", "Hamilton", "Harris", "Hassan",
	"Hayes", "Henderson", "Hernandez", "Hill", "Howard", "Hughes", "Hussein", "Jackson",
	"James", "Jenkins", "Jimenez", "Johnson", "Jones", "Jordan", "Kelly", "Khan", "Kim",
	"King", "Kowalski", "Le", "Lee", "Lewis", "Li", "Long", "Lopez", "Marshall", "Martin",
	"Martinez", "Mendoza", "Miller", "Mitchell", "Mohamed", "Moore", "Morales", "Morgan",
	"Morris", "Murphy", "Murray", "Myers", "Nelson", "Nguyen", "Novak", "Ortiz", "Owens",
	"Park", "Parker", "Patel", "Patterson", "Perez", "Perry", "Peterson", "Phillips",
	"Powell", "Price", "Ramirez", "Ramos", "Reed", "Reyes", "Reynolds", "Richardson",
	"Rivera", "Roberts", "Robinson", "Rodriguez", "Rogers", "Romero", "Ross", "Ruiz",
	"Russell", "Sanchez", "Sanders", "Schmidt", "Scott", "Shah", "Shaw", "Simmons", "Singh",
	"Smith", "Snyder", "Stewart", "Sullivan", "Taylor", "Thomas", "Thompson", "Torres",
	"Tran", "Turner", "Vargas", "Vasquez", "Walker", "Wallace", "Ward", "Washington",
	"Watson", "White", "Williams", "Wilson", "Wong", "Wood", "Wright", "Yang", "Young",
	"Zhang"};

static const char *const family_rare[] = {"O'Brien", "O’Neill", "D'Angelo", "García-López",
	"Smith-Jones", "van der Berg", "de la Cruz", "Müller", "Nuñez", "Nun\u0303ez",
	"Sørensen", "Wójcik", "Dvořák", "Şahin", "Nguyễn", "王", "山田", "김", "Иванова",
	"الحسن", "Sáenz Peña", "St.  Clair", "McDonald", "Ó Súilleabháin", "Kāne",
	"Keihanaikukauakahihuliheekahaunaele", "Null", "N/A", "Robert\"); --", "Lee, Jr."};

static const char *const city[] = {"Ashford", "Brookfield", "Cedar Falls", "Doña Ana",
	"Eastgate", "Fairview", "Glenwood", "Harmony", "Iron River", "Lakeside", "Mill Creek",
	"Springfield"};

static const char *const school_first[] = {"Cedar", "Maple", "Oak", "River", "Lake", "Prairie",
	"Summit", "Valley", "Harbor", "Meadow", "Stone", "Willow", "Eagle", "Fox", "Bear",
	"Pine"};
static const char *const school_last[] = {"Ridge", "Hill", "View", "Creek", "Grove", "Park",
	"Springs", "Crossing", "Heights", "Field"};

static const char *const control[] = {"Tab\tby", "Line\nfeed", "Bell\a", "Del\x7f",
	"Comma, Quote\" Back\\slash", "Unit\x1fsep"};
static const char *const escape[] = {"\x1b[31mRed\x1b[0m", "\x1b]0;owned\x07Title",
	"Car\rriage", "\u202ebidi", "Zero\u200bwidth", "C1\302\2332J", "Iso\u2066late\u2069",
	"\x1b[2JClear"};

const char *names_given(uint64_t hash)
{
	return hash >> 32 & 15 ? PICK(given, hash) : PICK(given_rare, hash >> 40);
}

const char *names_family(uint64_t hash)
{
	return hash >> 32 & 15 ? PICK(family, hash) : PICK(family_rare, hash >> 40);
}

const char *names_middle(uint64_t hash)
{
	return PICK(given, hash >> 20);
}

const char *names_city(uint64_t hash)
{
	return PICK(city, hash);
}

const char *names_school(uint32_t number, char out[48])
{
	enum { FIRST = sizeof(school_first) / sizeof(school_first[0]) };
	enum { LAST = sizeof(school_last) / sizeof(school_last[0]) };
	/* 16 and 10 share a factor, so the second word also turns with the round. */
	uint32_t round = number / (FIRST * LAST);
	const char *first = school_first[number % FIRST];
	const char *last = school_last[(number + number / FIRST) % LAST];
	if (round)
		snprintf(out, 48, "%s %s %u", first, last, round + 1);
	else
		snprintf(out, 48, "%s %s", first, last);
	return out;
}

const char *names_control(uint64_t hash)
{
	return PICK(control, hash);
}

const char *names_escape(uint64_t hash)
{
	return PICK(escape, hash);
}
