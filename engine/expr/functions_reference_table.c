/* What people read about functions: help, completion, manual. The signatures are those of the table
 * (a test compares them); the examples run as tests. */
#include "engine/expr/expr.h"

static const struct expr_function reference[] = {
    { "If", "If(Boolean?, T?, T?) -> T",
      "The first value when the condition is true, else the second; only that one is "
      "evaluated. NOT_SET counts as false.",
      "If(5 > 3, \"a\", \"b\")", "\"a\"" },
    { "IsSet",
      "IsSet(any?) -> Boolean\n"
      "IsSet(any Collection?) -> Boolean",
      "Whether a value is set; an empty text is.", "IsSet(\"\")", "true" },
    { "IsNotSetOrEmpty",
      "IsNotSetOrEmpty(any?) -> Boolean\n"
      "IsNotSetOrEmpty(any Collection) -> Boolean",
      "Whether a value is NOT_SET, an empty text, an empty list or a currency without an "
      "amount.",
      "IsNotSetOrEmpty(\"\")", "true" },
    { "AreEqual",
      "AreEqual(T?, T?, ...) -> Boolean\n"
      "AreEqual(T Collection, T Collection) -> Boolean\n"
      "AreEqual(Boolean, String?, String?, ...) -> Boolean\n"
      "AreEqual(Boolean, String Collection, String Collection) -> Boolean",
      "Whether all values are equal. With a Boolean in front of texts: true ignores letter "
      "case.",
      "AreEqual(true, \"Hello\", \"hel\" + \"lo\")", "true" },
    { "Compare",
      "Compare(String?, String?) -> Integer\n"
      "Compare(String?, String?, Boolean) -> Integer",
      "-1, 0 or 1: how two texts are ordered; lower case comes before upper, NOT_SET before "
      "all. The Boolean ignores letter case.",
      "Compare(\"hello\", \"Hello\")", "-1" },
    { "Append",
      "Append(String?, ...) -> String\n"
      "Append(Audio?, ...) -> Audio\n"
      "Append(Prompt?, ...) -> Audio",
      "The texts or audio one behind the other; NOT_SET counts as empty.",
      "Append(\"Hello\", NOT_SET)", "\"Hello\"" },
    { "Contains",
      "Contains(String, String) -> Boolean\n"
      "Contains(String, String, Boolean) -> Boolean",
      "Whether the second text is in the first; the Boolean ignores letter case.",
      "Contains(\"Hello\", \"hell\", true)", "true" },
    { "FindString",
      "FindString(String, String) -> Integer\n"
      "FindString(String, String, Integer) -> Integer\n"
      "FindString(String, String, Boolean) -> Integer\n"
      "FindString(String, String, Integer, Boolean) -> Integer",
      "Where the second text is in the first, from 0, or -1: its first place, or the n-th. "
      "The Boolean ignores letter case.",
      "FindString(\"Hello Hello\", \"l\", 3)", "8" },
    { "Left", "Left(String, Integer) -> String", "The first characters of a text.",
      "Left(\"Hello\", 2)", "\"He\"" },
    { "Right", "Right(String, Integer) -> String", "The last characters of a text.",
      "Right(\"Hello\", 3)", "\"llo\"" },
    { "Substring", "Substring(String, Integer, Integer) -> String",
      "A part of a text: from which character (0 is the first), how many; what lies outside "
      "is left out.",
      "Substring(\"Hello\", 3, 3)", "\"lo\"" },
    { "Length", "Length(String) -> Integer", "How many characters a text has.", "Length(\"Hello\")",
      "5" },
    { "Lower", "Lower(String) -> String", "A text in lower case.", "Lower(\"Hello\")",
      "\"hello\"" },
    { "Upper", "Upper(String) -> String", "A text in upper case.", "Upper(\"Hello\")",
      "\"HELLO\"" },
    { "Trim", "Trim(String) -> String", "A text without blanks at both ends.", "Trim(\"  Hello \")",
      "\"Hello\"" },
    { "LTrim", "LTrim(String) -> String", "A text without blanks in front.", "LTrim(\"  Hello \")",
      "\"Hello \"" },
    { "RTrim", "RTrim(String) -> String", "A text without blanks behind.", "RTrim(\"  Hello \")",
      "\"  Hello\"" },
    { "Reverse", "Reverse(String) -> String", "A text backwards.", "Reverse(\"Hello\")",
      "\"olleH\"" },
    { "Split", "Split(String, String) -> String Collection",
      "The pieces of a text between a delimiter; without a delimiter its characters.",
      "Split(\"Hello World\", \"l\")", "[\"He\", \"\", \"o Wor\", \"d\"]" },
    { "MakeEmailAddress",
      "MakeEmailAddress(String) -> Email Address\n"
      "MakeEmailAddress(String, String?) -> Email Address",
      "An email address, with the name that belongs to it.",
      "MakeEmailAddress(\"john.doe@company.com\", \"John\").name", "\"John\"" },
    { "EmailAddressLocalPart",
      "EmailAddressLocalPart(String?) -> String\n"
      "EmailAddressLocalPart(Email Address) -> String",
      "What stands before the @ of an address.", "EmailAddressLocalPart(\"john.doe@company.com\")",
      "\"john.doe\"" },
    { "EmailAddressDomainPart",
      "EmailAddressDomainPart(String?) -> String\n"
      "EmailAddressDomainPart(Email Address) -> String",
      "What stands behind the @ of an address.", "EmailAddressDomainPart(\"john.doe@company.com\")",
      "\"company.com\"" },
    { "Replace", "Replace(String, String, String?) -> String",
      "A text with every place of the second replaced by the third; letter case matters.",
      "Replace(\"Hello World\", \"Hello\", NOT_SET)", "\" World\"" },
    { "DetectLanguage", "DetectLanguage(String?, String?) -> String",
      "The language of a text, by the words that languages of postflow.json states "
      "(assumed); the second text where it states none.",
      "DetectLanguage(\"Guten Tag\", \"en-us\")", "\"en-us\"" },
    { "Floor",
      "Floor(Integer) -> Integer\n"
      "Floor(Decimal) -> Decimal\n"
      "Floor(Currency) -> Currency",
      "The whole number that is not larger.", "Floor(-3.2)", "-4.0" },
    { "Ceiling",
      "Ceiling(Integer) -> Integer\n"
      "Ceiling(Decimal) -> Decimal\n"
      "Ceiling(Currency) -> Currency",
      "The whole number that is not smaller.", "Ceiling(2.3)", "3.0" },
    { "Round",
      "Round(Integer) -> Integer\n"
      "Round(Decimal) -> Decimal\n"
      "Round(Currency) -> Currency\n"
      "Round(Decimal, Integer) -> Decimal\n"
      "Round(Currency, Integer) -> Currency",
      "Rounded, half up, to so many decimals (0 to 28).", "Round(3.225, 2)", "3.23" },
    { "Sum",
      "Sum(Integer?, ...) -> Integer\n"
      "Sum(Decimal?, ...) -> Decimal\n"
      "Sum(Currency?, ...) -> Currency\n"
      "Sum(Duration?, ...) -> Duration\n"
      "Sum(Integer Collection) -> Integer\n"
      "Sum(Decimal Collection) -> Decimal\n"
      "Sum(Currency Collection) -> Currency\n"
      "Sum(Duration Collection) -> Duration",
      "The sum; NOT_SET does not count.", "Sum(3, NOT_SET)", "3" },
    { "Average",
      "Average(Integer?, ...) -> Decimal\n"
      "Average(Decimal?, ...) -> Decimal\n"
      "Average(Currency?, ...) -> Currency\n"
      "Average(Duration?, ...) -> Duration\n"
      "Average(Integer Collection) -> Decimal\n"
      "Average(Decimal Collection) -> Decimal\n"
      "Average(Currency Collection) -> Currency\n"
      "Average(Duration Collection) -> Duration",
      "The mean of numbers, currencies or durations, or of a list of them; what is NOT_SET "
      "does not count.",
      "Average(8, NOT_SET)", "8.0" },
    { "Min",
      "Min(Integer?, ...) -> Integer\n"
      "Min(Decimal?, ...) -> Decimal\n"
      "Min(Currency?, ...) -> Currency\n"
      "Min(Duration?, ...) -> Duration\n"
      "Min(DateTime?, ...) -> DateTime\n"
      "Min(Integer Collection) -> Integer\n"
      "Min(Decimal Collection) -> Decimal\n"
      "Min(Currency Collection) -> Currency\n"
      "Min(Duration Collection) -> Duration\n"
      "Min(DateTime Collection) -> DateTime",
      "The smallest of the values, or of a list; what is NOT_SET does not count, of nothing "
      "it is NOT_SET (assumed).",
      "Min(3, 1, 2)", "1" },
    { "Max",
      "Max(Integer?, ...) -> Integer\n"
      "Max(Decimal?, ...) -> Decimal\n"
      "Max(Currency?, ...) -> Currency\n"
      "Max(Duration?, ...) -> Duration\n"
      "Max(DateTime?, ...) -> DateTime\n"
      "Max(Integer Collection) -> Integer\n"
      "Max(Decimal Collection) -> Decimal\n"
      "Max(Currency Collection) -> Currency\n"
      "Max(Duration Collection) -> Duration\n"
      "Max(DateTime Collection) -> DateTime",
      "The largest of the values, or of a list; what is NOT_SET does not count, of nothing "
      "it is NOT_SET (assumed).",
      "Max(1.5, 2)", "2.0" },
    { "Abs",
      "Abs(Integer) -> Integer\n"
      "Abs(Decimal) -> Decimal\n"
      "Abs(Currency) -> Currency\n"
      "Abs(Duration) -> Duration",
      "A number, a currency or a duration without its sign (assumed).", "Abs(-2.5)", "2.5" },
    { "MakeList", "MakeList(T?, ...) -> T Collection",
      "A list of the values, which are of one type.", "MakeList(1, 2, 3)[2]", "3" },
    { "GetAt", "GetAt(T Collection, Integer) -> T", "One item of a list, 0 being the first.",
      "GetAt(MakeList(\"a\", \"b\"), 1)", "\"b\"" },
    { "Count",
      "Count(any Collection) -> Integer\n"
      "Count(JSON) -> Integer",
      "How many items a list or a JSON array has.", "Count(MakeList(1, 2))", "2" },
    { "FindFirst", "FindFirst(T Collection, T?) -> Integer",
      "The first place of an item in a list, or -1.",
      "FindFirst(MakeList(\"hello\", \"world\"), \"world\")", "1" },
    { "Find", "Find(T Collection, T?) -> Integer Collection", "All places of an item in a list.",
      "Find(MakeList(7, 8, 7), 7)", "[0, 2]" },
    { "MakeEmptyList", "MakeEmptyList(T?) -> T Collection",
      "An empty list of the type of the value.", "Count(MakeEmptyList(ToInt(NOT_SET)))", "0" },
    { "Any",
      "Any(any Collection) -> Boolean\n"
      "Any(T Collection, T?) -> Boolean",
      "Whether a list has any item, or this one (assumed).", "Any(MakeList(1, 2), 3)", "false" },
    { "AddItem", "AddItem(T Collection, T?) -> T Collection",
      "The list with an item at its end (assumed).", "AddItem(MakeList(1, 2), 3)", "[1, 2, 3]" },
    { "InsertItem", "InsertItem(T Collection, Integer, T?) -> T Collection",
      "The list with an item before the one at an index, from 0; the count of items puts it "
      "at the end (assumed).",
      "InsertItem(MakeList(\"a\", \"c\"), 1, \"b\")", "[\"a\", \"b\", \"c\"]" },
    { "RemoveItem", "RemoveItem(T Collection, T?) -> T Collection",
      "The list without the first item that is equal (assumed).",
      "RemoveItem(MakeList(1, 2, 1), 1)", "[2, 1]" },
    { "RemoveAt", "RemoveAt(T Collection, Integer) -> T Collection",
      "The list without the item at an index, from 0 (assumed).",
      "RemoveAt(MakeList(\"a\", \"b\"), 0)", "[\"b\"]" },
    { "Slice",
      "Slice(T Collection, Integer) -> T Collection\n"
      "Slice(T Collection, Integer, Integer) -> T Collection",
      "The part of a list from an index on, from 0, of as many items as the third argument "
      "says; what lies outside is left out (assumed).",
      "Slice(MakeList(1, 2, 3, 4), 1, 2)", "[2, 3]" },
    { "Distinct", "Distinct(T Collection) -> T Collection",
      "The list without what is equal to an earlier item (assumed).", "Distinct(MakeList(1, 2, 1))",
      "[1, 2]" },
    { "Concat", "Concat(T Collection, ...) -> T Collection",
      "The items of lists as one list (assumed).", "Concat(MakeList(1), MakeList(2, 3))",
      "[1, 2, 3]" },
    { "Sort",
      "Sort(Integer Collection) -> Integer Collection\n"
      "Sort(Integer Collection, Boolean) -> Integer Collection\n"
      "Sort(Decimal Collection) -> Decimal Collection\n"
      "Sort(Decimal Collection, Boolean) -> Decimal Collection\n"
      "Sort(String Collection) -> String Collection\n"
      "Sort(String Collection, Boolean) -> String Collection\n"
      "Sort(Currency Collection) -> Currency Collection\n"
      "Sort(Currency Collection, Boolean) -> Currency Collection\n"
      "Sort(Duration Collection) -> Duration Collection\n"
      "Sort(Duration Collection, Boolean) -> Duration Collection\n"
      "Sort(DateTime Collection) -> DateTime Collection\n"
      "Sort(DateTime Collection, Boolean) -> DateTime Collection",
      "A list in order, as Compare orders texts, NOT_SET first; true turns it round "
      "(assumed).",
      "Sort(MakeList(3, 1, 2), true)", "[3, 2, 1]" },
    { "GetCurrentDateTimeUtc", "GetCurrentDateTimeUtc() -> DateTime",
      "The moment at which the expression is evaluated.",
      "GetCurrentDateTimeUtc() > MakeDateTime(2020, 1, 1)", "true" },
    { "MakeDuration",
      "MakeDuration(Integer, Integer, Integer, Integer) -> Duration\n"
      "MakeDuration(Integer, Integer, Integer, Integer, Integer) -> Duration",
      "Days, hours, minutes, seconds and milliseconds summed up; each may be negative.",
      "MakeDuration(0, 0, 1, 30)", "PT1M30S" },
    { "AddYears",
      "AddYears(DateTime, Integer) -> DateTime\n"
      "AddYears(Date, Integer) -> Date",
      "A moment so many years later; February 29th becomes the 28th.",
      "AddYears(MakeDateTime(2008, 2, 29), 1)", "2009-02-28T00:00:00Z" },
    { "AddMonths",
      "AddMonths(DateTime, Integer) -> DateTime\n"
      "AddMonths(Date, Integer) -> Date",
      "A moment so many months later; a day that the month does not have becomes its last.",
      "AddMonths(MakeDateTime(2009, 1, 31), 1)", "2009-02-28T00:00:00Z" },
    { "AddDays",
      "AddDays(DateTime, Integer) -> DateTime\n"
      "AddDays(Date, Integer) -> Date",
      "A moment so many days later.", "AddDays(MakeDateTime(2009, 1, 31), 1)",
      "2009-02-01T00:00:00Z" },
    { "AddHours", "AddHours(DateTime, Integer) -> DateTime", "A moment so many hours later.",
      "AddHours(MakeDateTime(2009, 1, 31), 25)", "2009-02-01T01:00:00Z" },
    { "AddMinutes", "AddMinutes(DateTime, Integer) -> DateTime", "A moment so many minutes later.",
      "AddMinutes(MakeDateTime(2009, 1, 31), -1)", "2009-01-30T23:59:00Z" },
    { "AddSeconds", "AddSeconds(DateTime, Integer) -> DateTime", "A moment so many seconds later.",
      "AddSeconds(MakeDateTime(2009, 1, 31), 61)", "2009-01-31T00:01:01Z" },
    { "AddDuration", "AddDuration(DateTime, Duration) -> DateTime", "A moment so much later.",
      "AddDuration(MakeDateTime(2009, 1, 31), MakeDuration(1, 0, 0, 0))", "2009-02-01T00:00:00Z" },
    { "MakeDateTime",
      "MakeDateTime(Integer, Integer, Integer) -> DateTime\n"
      "MakeDateTime(Integer, Integer, Integer, Integer) -> DateTime\n"
      "MakeDateTime(Integer, Integer, Integer, Integer, Integer) -> DateTime\n"
      "MakeDateTime(Integer, Integer, Integer, Integer, Integer, Integer) -> DateTime\n"
      "MakeDateTime(Date, Time) -> DateTime",
      "A moment of year, month, day, hour, minute, second, or of a date and a time (assumed).",
      "MakeDateTime(2009, 1, 10, 6, 30, 0)", "2009-01-10T06:30:00Z" },
    { "Year",
      "Year(DateTime) -> Integer\n"
      "Year(Date) -> Integer",
      "The year of a moment or a date.", "Year(MakeDateTime(2009, 3, 20, 12, 30, 45))", "2009" },
    { "Month",
      "Month(DateTime) -> Integer\n"
      "Month(Date) -> Integer",
      "The month of a moment or a date.", "Month(MakeDateTime(2009, 3, 20, 12, 30, 45))", "3" },
    { "Day",
      "Day(DateTime) -> Integer\n"
      "Day(Date) -> Integer",
      "The day of a moment or a date.", "Day(MakeDateTime(2009, 3, 20, 12, 30, 45))", "20" },
    { "Hour",
      "Hour(DateTime) -> Integer\n"
      "Hour(Time) -> Integer",
      "The hour of a moment or a time.", "Hour(MakeDateTime(2009, 3, 20, 12, 30, 45))", "12" },
    { "Minute",
      "Minute(DateTime) -> Integer\n"
      "Minute(Time) -> Integer",
      "The minute of a moment or a time.", "Minute(MakeDateTime(2009, 3, 20, 12, 30, 45))", "30" },
    { "Second",
      "Second(DateTime) -> Integer\n"
      "Second(Time) -> Integer",
      "The second of a moment or a time.", "Second(MakeDateTime(2009, 3, 20, 12, 30, 45))", "45" },
    { "DayOfWeek",
      "DayOfWeek(DateTime) -> Integer\n"
      "DayOfWeek(Date) -> Integer",
      "The day of the week of a moment: 1 is Sunday, 7 is Saturday.",
      "DayOfWeek(MakeDateTime(2009, 4, 5))", "1" },
    { "WeekNum",
      "WeekNum(DateTime) -> Integer\n"
      "WeekNum(Date) -> Integer",
      "The week of the year of a moment; January 1st is in week 1, weeks begin on Sundays.",
      "WeekNum(MakeDateTime(2009, 12, 10))", "50" },
    { "GetDayOfWeekOccurrence",
      "GetDayOfWeekOccurrence(Integer, Integer, Integer) -> DateTime\n"
      "GetDayOfWeekOccurrence(Integer, Integer, Integer, Integer) -> DateTime\n"
      "GetDayOfWeekOccurrence(Integer, Integer, Integer, Integer, Integer, Integer) -> "
      "DateTime\n"
      "GetDayOfWeekOccurrence(Integer, Integer, Integer, Integer, Integer, Integer, Integer) "
      "-> DateTime",
      "The n-th such day of the week (1 is Sunday) of a year or month, counted from the end "
      "where n is negative; NOT_SET when there is none.",
      "GetDayOfWeekOccurrence(6, -1, 2017)", "2017-12-29T00:00:00Z" },
    { "RoundUp",
      "RoundUp(Duration) -> Duration\n"
      "RoundUp(Duration, Duration) -> Duration\n"
      "RoundUp(Duration, Duration, Duration Collection) -> Duration",
      "A duration up to the next multiple of an interval (five minutes), or to the next of a "
      "list.",
      "RoundUp(MakeDuration(0, 0, 22, 30, 0))", "PT25M" },
    { "Range", "Range(Duration, Duration) -> Duration Collection",
      "A duration less and plus an offset.",
      "Range(MakeDuration(0, 0, 10, 0), MakeDuration(0, 0, 2, 0))", "[PT8M, PT12M]" },
    { "DateTimeDiff", "DateTimeDiff(DateTime, DateTime) -> Duration",
      "How much later the first moment is than the second.",
      "DateTimeDiff(MakeDateTime(2009, 1, 2), MakeDateTime(2009, 1, 1))", "P1D" },
    { "MakeDate", "MakeDate(Integer, Integer, Integer) -> Date",
      "A date of year, month and day (assumed).", "MakeDate(2024, 2, 29)", "2024-02-29" },
    { "MakeTime",
      "MakeTime(Integer, Integer) -> Time\n"
      "MakeTime(Integer, Integer, Integer) -> Time",
      "A time of hour, minute and second (assumed).", "MakeTime(7, 5)", "07:05:00" },
    { "FormatDateTime", "FormatDateTime(DateTime, String) -> String",
      "A moment as a pattern says it: yyyy yy, MMMM MMM MM M, dddd ddd dd d, HH H hh h, mm, "
      "ss, tt (AM or PM); what stands between ' stays (assumed).",
      "FormatDateTime(MakeDateTime(2009, 3, 5, 16, 30, 0), \"dddd, d MMMM yyyy 'at' h:mm "
      "tt\")",
      "\"Thursday, 5 March 2009 at 4:30 PM\"" },
    { "ToDate",
      "ToDate(String?) -> Date\n"
      "ToDate(JSON?) -> Date\n"
      "ToDate(DateTime?) -> Date\n"
      "ToDate(Date?) -> Date",
      "A date of text like 2024-02-29 or of a moment (assumed).", "ToDate(\"2024-02-29\")",
      "2024-02-29" },
    { "ToTime",
      "ToTime(String?) -> Time\n"
      "ToTime(JSON?) -> Time\n"
      "ToTime(DateTime?) -> Time\n"
      "ToTime(Time?) -> Time",
      "A time of text like 07:05:00 or of a moment (assumed).", "ToTime(\"07:05\")", "07:05:00" },
    { "ToString",
      "ToString(any?) -> String\n"
      "ToString(any Collection) -> String\n"
      "ToString(any Collection, String?) -> String\n"
      "ToString(Decimal?, Integer) -> String\n"
      "ToString(Currency?, Integer) -> String\n"
      "ToString(Decimal Collection, Integer) -> String\n"
      "ToString(Decimal Collection, String?, Integer) -> String\n"
      "ToString(Currency Collection?, Integer) -> String\n"
      "ToString(Currency Collection?, String?, Integer) -> String",
      "A value as text. A list: its items with line feeds or the text between them; a text "
      "that is NOT_SET counts as a line feed (assumed). The Integer says how many decimals.",
      "ToString(1.125, 2)", "\"1.13\"" },
    { "ToInt",
      "ToInt(String?) -> Integer\n"
      "ToInt(Decimal?) -> Integer\n"
      "ToInt(Boolean?) -> Integer\n"
      "ToInt(Duration?) -> Integer\n"
      "ToInt(JSON?) -> Integer\n"
      "ToInt(Integer?) -> Integer",
      "A whole number; a decimal is cut towards zero, an empty text is NOT_SET, a duration "
      "its milliseconds.",
      "ToInt(-5.7)", "-5" },
    { "ToDecimal",
      "ToDecimal(String?) -> Decimal\n"
      "ToDecimal(Integer?) -> Decimal\n"
      "ToDecimal(Boolean?) -> Decimal\n"
      "ToDecimal(JSON?) -> Decimal\n"
      "ToDecimal(Decimal?) -> Decimal\n"
      "ToDecimal(Currency?) -> Decimal",
      "A decimal; an empty text is NOT_SET.", "ToDecimal(true)", "1.0" },
    { "ToBool",
      "ToBool(String?) -> Boolean\n"
      "ToBool(Integer?) -> Boolean\n"
      "ToBool(Decimal?) -> Boolean\n"
      "ToBool(JSON?) -> Boolean\n"
      "ToBool(Boolean) -> Boolean",
      "true, 1, t and false, 0, f in any letter case, NOT_SET for other texts; a number that "
      "is not 0.",
      "ToBool(\"T\")", "true" },
    { "ToDuration",
      "ToDuration(String?) -> Duration\n"
      "ToDuration(Integer?) -> Duration\n"
      "ToDuration(JSON?) -> Duration\n"
      "ToDuration(Duration?) -> Duration",
      "A duration of ISO 8601 text or milliseconds.", "ToDuration(\"PT90S\")", "PT1M30S" },
    { "ToDateTime",
      "ToDateTime(String?) -> DateTime\n"
      "ToDateTime(Integer?) -> DateTime\n"
      "ToDateTime(JSON?) -> DateTime\n"
      "ToDateTime(DateTime?) -> DateTime",
      "A moment of ISO 8601 text or seconds since 1970.",
      "ToDateTime(\"2009-01-10T06:30:00-07:00\")", "2009-01-10T13:30:00Z" },
    { "ToCurrency",
      "ToCurrency(String?) -> Currency\n"
      "ToCurrency(Decimal?) -> Currency\n"
      "ToCurrency(Integer?) -> Currency\n"
      "ToCurrency(Currency?) -> Currency",
      "A currency of text like 5.00|USD, or of a number, which has no code.",
      "ToCurrency(\"5.00|USD\")", "5.00 USD" },
    { "MakeCurrency",
      "MakeCurrency(Decimal?, String?) -> Currency\n"
      "MakeCurrency(Integer?, String?) -> Currency",
      "A currency of an amount and a code of three letters.", "MakeCurrency(2.25, \"USD\")",
      "2.25 USD" },
    { "MakeListCurrency",
      "MakeListCurrency(Decimal Collection, String?) -> Currency Collection\n"
      "MakeListCurrency(Decimal Collection, String Collection) -> Currency Collection",
      "A list of currencies of amounts and one code, or a code for each.",
      "Count(MakeListCurrency(MakeList(1.5, 2.5), \"USD\"))", "2" },
    { "GetCurrencySymbol",
      "GetCurrencySymbol(String) -> String\n"
      "GetCurrencySymbol(Currency?) -> String",
      "The symbol of a currency or of a code; what has none is said by its code.",
      "GetCurrencySymbol(\"USD\")", "\"$\"" },
    { "ConvertCurrency",
      "ConvertCurrency(Currency?, String?) -> Currency\n"
      "ConvertCurrency(Currency?, String?, Decimal) -> Currency",
      "An amount in the currency of another code: divided by how much of the first one of "
      "the other is, or by exchangeRates of postflow.json (assumed).",
      "ConvertCurrency(MakeCurrency(11, \"USD\"), \"EUR\", 1.10)", "10.00 EUR" },
    { "ToPhoneNumber",
      "ToPhoneNumber(String?) -> Phone Number\n"
      "ToPhoneNumber(Phone Number?) -> Phone Number",
      "A phone number of text; two are equal when their numbers are.",
      "ToPhoneNumber(\"tel:+1 317 872 3000\").e164", "\"+13178723000\"" },
    { "ToQueue",
      "ToQueue(String?) -> Queue\n"
      "ToQueue(Queue?) -> Queue",
      "The queue of that name, in any letter case where postflow.json names it; an empty "
      "text is NOT_SET (assumed).",
      "ToQueue(\"Support\").name", "\"Support\"" },
    { "ToUser",
      "ToUser(String?) -> User\n"
      "ToUser(User?) -> User",
      "The user of that name.", "ToUser(\"Ann\").name", "\"Ann\"" },
    { "ToGroup",
      "ToGroup(String?) -> Group\n"
      "ToGroup(Group?) -> Group",
      "The group of that name.", "ToGroup(\"Team\").name", "\"Team\"" },
    { "ToSkill",
      "ToSkill(String?) -> ACD Skill\n"
      "ToSkill(ACD Skill?) -> ACD Skill",
      "The ACD skill of that name.", "ToSkill(\"Billing\").name", "\"Billing\"" },
    { "ToLanguageSkill",
      "ToLanguageSkill(String?) -> Language Skill\n"
      "ToLanguageSkill(Language Skill) -> Language Skill",
      "The language skill of that name.", "ToLanguageSkill(\"German\").name", "\"German\"" },
    { "ToWrapupCode",
      "ToWrapupCode(String?) -> Wrap-up Code\n"
      "ToWrapupCode(Wrap-up Code?) -> Wrap-up Code",
      "The wrap-up code of that name.", "ToWrapupCode(\"Done\").name", "\"Done\"" },
    { "ToSchedule",
      "ToSchedule(String?) -> Schedule\n"
      "ToSchedule(Schedule?) -> Schedule",
      "The schedule of that name.", "ToSchedule(\"Open\").name", "\"Open\"" },
    { "ToScheduleGroup",
      "ToScheduleGroup(String?) -> Schedule Group\n"
      "ToScheduleGroup(Schedule Group?) -> Schedule Group",
      "The schedule group of that name.", "ToScheduleGroup(\"Shop\").name", "\"Shop\"" },
    { "ToEmergencyGroup",
      "ToEmergencyGroup(String?) -> Emergency Group\n"
      "ToEmergencyGroup(Emergency Group?) -> Emergency Group",
      "The emergency group of that name.", "ToEmergencyGroup(\"Fire\").name", "\"Fire\"" },
    { "ToCommunication",
      "ToCommunication(String?) -> Communication\n"
      "ToCommunication(Communication?) -> Communication",
      "What is said or written.", "IsSet(ToCommunication(\"Hello\"))", "true" },
    { "ToPrompt",
      "ToPrompt(String?) -> Prompt\n"
      "ToPrompt(Prompt?) -> Prompt",
      "The prompt of that name, of a user where it does not say whose (assumed).",
      "ToPrompt(\"welcome\") == Prompt.welcome", "true" },
    { "ToAgentScorePair",
      "ToAgentScorePair(String?) -> Agent Score Pair\n"
      "ToAgentScorePair(Agent Score Pair?) -> Agent Score Pair",
      "The agent score pair of that name (assumed).", "ToAgentScorePair(\"Ann\").name", "\"Ann\"" },
    { "ToExternalContact",
      "ToExternalContact(String?) -> External Contact\n"
      "ToExternalContact(External Contact?) -> External Contact",
      "The external contact of that name (assumed).", "ToExternalContact(\"Ann\").name",
      "\"Ann\"" },
    { "ToExternalOrganization",
      "ToExternalOrganization(String?) -> External Organization\n"
      "ToExternalOrganization(External Organization?) -> External Organization",
      "The external organization of that name (assumed).", "ToExternalOrganization(\"Shop\").name",
      "\"Shop\"" },
    { "ToGrammar",
      "ToGrammar(String?) -> Grammar\n"
      "ToGrammar(Grammar?) -> Grammar",
      "The grammar of that name (assumed).", "ToGrammar(\"Cities\").name", "\"Cities\"" },
    { "ToJourneyOutcome",
      "ToJourneyOutcome(String?) -> Journey Outcome\n"
      "ToJourneyOutcome(Journey Outcome?) -> Journey Outcome",
      "The journey outcome of that name (assumed).", "ToJourneyOutcome(\"Sale\").name",
      "\"Sale\"" },
    { "ToJourneyOutcomeScore",
      "ToJourneyOutcomeScore(String?) -> Journey Outcome Score\n"
      "ToJourneyOutcomeScore(Journey Outcome Score?) -> Journey Outcome Score",
      "The journey outcome score of that name (assumed).", "ToJourneyOutcomeScore(\"Sale\").name",
      "\"Sale\"" },
    { "ToJourneySegment",
      "ToJourneySegment(String?) -> Journey Segment\n"
      "ToJourneySegment(Journey Segment?) -> Journey Segment",
      "The journey segment of that name (assumed).", "ToJourneySegment(\"New\").name", "\"New\"" },
    { "ToJourneySession",
      "ToJourneySession(String?) -> Journey Session\n"
      "ToJourneySession(Journey Session?) -> Journey Session",
      "The journey session of that name (assumed).", "ToJourneySession(\"Web\").name", "\"Web\"" },
    { "ToKnowledgeBaseDocument",
      "ToKnowledgeBaseDocument(String?) -> Knowledge Base Document\n"
      "ToKnowledgeBaseDocument(Knowledge Base Document?) -> Knowledge Base Document",
      "The document of a knowledge base of that name (assumed).",
      "ToKnowledgeBaseDocument(\"Returns\").name", "\"Returns\"" },
    { "ToUtilizationLabel",
      "ToUtilizationLabel(String?) -> Utilization Label\n"
      "ToUtilizationLabel(Utilization Label?) -> Utilization Label",
      "The utilization label of that name (assumed).", "ToUtilizationLabel(\"Chat\").name",
      "\"Chat\"" },
    { "ToSurveyForm",
      "ToSurveyForm(String?) -> Survey Form\n"
      "ToSurveyForm(Survey Form?) -> Survey Form",
      "The survey form of that name (assumed).", "ToSurveyForm(\"CSAT\").name", "\"CSAT\"" },
    { "ToSurveyQuestionGroup",
      "ToSurveyQuestionGroup(String?) -> Survey Question Group\n"
      "ToSurveyQuestionGroup(Survey Question Group?) -> Survey Question Group",
      "The group of survey questions of that name (assumed).",
      "ToSurveyQuestionGroup(\"Help\").name", "\"Help\"" },
    { "ToSurveyAnswerOption",
      "ToSurveyAnswerOption(String?) -> Survey Answer Option\n"
      "ToSurveyAnswerOption(Survey Answer Option?) -> Survey Answer Option",
      "The answer of a survey question of that name (assumed).",
      "ToSurveyAnswerOption(\"Yes\").name", "\"Yes\"" },
    { "ToSurveyQuestion",
      "ToSurveyQuestion(String?) -> Survey Question\n"
      "ToSurveyQuestion(Survey Question?) -> Survey Question",
      "The survey question of that name (assumed).", "ToSurveyQuestion(\"How was it?\").name",
      "\"How was it?\"" },
    { "ToEmailAddress",
      "ToEmailAddress(String?) -> Email Address\n"
      "ToEmailAddress(Email Address?) -> Email Address",
      "The email address in a text, with the name before it where there is one (assumed).",
      "ToEmailAddress(\"Ann <ann@company.com>\").name", "\"Ann\"" },
    { "FindQueue", "FindQueue(String?) -> Queue",
      "The queue of that name; NOT_SET where postflow.json names queues and not this one.",
      "FindQueue(\"Support\").name", "\"Support\"" },
    { "FindQueueById", "FindQueueById(String?) -> Queue",
      "The queue of that id as postflow.json states it, NOT_SET where it states ids and not "
      "this one; without any the queue of that name (assumed).",
      "IsSet(FindQueueById(NOT_SET))", "false" },
    { "FindUser", "FindUser(String?) -> User",
      "The user of that email address; NOT_SET where postflow.json names users and not this "
      "one.",
      "IsSet(FindUser(\"ann@company.com\"))", "true" },
    { "FindUserById", "FindUserById(String?) -> User",
      "The user of that id, found as FindQueueById finds queues (assumed).",
      "FindUserById(\"Ann\").name", "\"Ann\"" },
    { "FindGroup", "FindGroup(String?) -> Group",
      "The group of that name; NOT_SET where postflow.json names groups and not this one "
      "(assumed).",
      "FindGroup(\"Team\").name", "\"Team\"" },
    { "FindSkill", "FindSkill(String?) -> ACD Skill",
      "The ACD skill of that name; NOT_SET where postflow.json names skills and not this one.",
      "FindSkill(\"Billing\").name", "\"Billing\"" },
    { "FindLanguageSkill", "FindLanguageSkill(String?) -> Language Skill",
      "The language skill of that name.", "FindLanguageSkill(\"German\").name", "\"German\"" },
    { "FindSchedule", "FindSchedule(String?) -> Schedule",
      "The schedule of that name; NOT_SET where postflow.json names schedules and not this "
      "one (assumed).",
      "FindSchedule(\"Open\").name", "\"Open\"" },
    { "FindScheduleGroup", "FindScheduleGroup(String?) -> Schedule Group",
      "The schedule group of that name; NOT_SET where postflow.json names schedule groups "
      "and not this one (assumed).",
      "FindScheduleGroup(\"Shop\").name", "\"Shop\"" },
    { "FindEmergencyGroup", "FindEmergencyGroup(String?) -> Emergency Group",
      "The emergency group of that name; NOT_SET where postflow.json names emergency groups "
      "and not this one (assumed).",
      "FindEmergencyGroup(\"Fire\").name", "\"Fire\"" },
    { "FindGrammar", "FindGrammar(String?) -> Grammar", "The grammar of that name (assumed).",
      "FindGrammar(\"Cities\").name", "\"Cities\"" },
    { "FindUtilizationLabel", "FindUtilizationLabel(String?) -> Utilization Label",
      "The utilization label of that name (assumed).", "FindUtilizationLabel(\"Chat\").name",
      "\"Chat\"" },
    { "FindUserPrompt", "FindUserPrompt(String?) -> Prompt", "The user prompt of that name.",
      "FindUserPrompt(\"welcome\") == Prompt.welcome", "true" },
    { "FindSystemPrompt", "FindSystemPrompt(String?) -> Prompt", "The system prompt of that name.",
      "FindSystemPrompt(\"hold\") == PromptSystem.hold", "true" },
    { "GetDefaultLanguage", "GetDefaultLanguage() -> String", "The language of the call.",
      "IsSet(GetDefaultLanguage())", "true" },
    { "GetSupportedLanguages", "GetSupportedLanguages() -> String Collection",
      "The languages of the flow; here the one of the call.", "Count(GetSupportedLanguages())",
      "1" },
    { "ToAudioTTS",
      "ToAudioTTS(String?) -> Audio\n"
      "ToAudioTTS(String?, String) -> Audio\n"
      "ToAudioTTS(String?, String Format) -> Audio",
      "Text to be spoken, in a language or by characters, whose names are assumed.",
      "ToAudioTTS(\"Hello\")", "\"Hello\"" },
    { "ToAudioBlank", "ToAudioBlank(Integer) -> Audio",
      "Silence of so many milliseconds, 10000 at most.", "IsSet(ToAudioBlank(500))", "true" },
    { "ToAudio", "ToAudio(Prompt) -> Audio",
      "A prompt as audio; a prompt is taken for audio without it too.", "ToAudio(Prompt.welcome)",
      "\"Prompt.welcome\"" },
    { "ToAudioBool",
      "ToAudioBool(Boolean?) -> Audio\n"
      "ToAudioBool(Boolean?, Boolean Format) -> Audio",
      "A Boolean to be spoken: true and false, or yes and no, in the language of the call. The "
      "words are assumed, here and in the other functions that make audio; English and German have "
      "words, in other languages values are said as they are written.",
      "ToAudioBool(true, Format.Bool.playYesNo)", "\"yes\"" },
    { "ToAudioNumber",
      "ToAudioNumber(Integer?) -> Audio\n"
      "ToAudioNumber(Decimal?) -> Audio\n"
      "ToAudioNumber(Integer?, Language Context, ...) -> Audio\n"
      "ToAudioNumber(Integer?, Number Format) -> Audio\n"
      "ToAudioNumber(Integer?, Number Format, Language Context, ...) -> Audio\n"
      "ToAudioNumber(Decimal?, Language Context, ...) -> Audio\n"
      "ToAudioNumber(Decimal?, Number Format) -> Audio\n"
      "ToAudioNumber(Decimal?, Number Format, Language Context, ...) -> Audio\n"
      "ToAudioNumber(Decimal?, Integer) -> Audio\n"
      "ToAudioNumber(Decimal?, Integer, Language Context, ...) -> Audio\n"
      "ToAudioNumber(Decimal?, Number Format, Integer) -> Audio\n"
      "ToAudioNumber(Decimal?, Number Format, Integer, Language Context, ...) -> Audio",
      "A number to be spoken, of so many decimal places, or digit by digit. The words are assumed.",
      "ToAudioNumber(12.5)", "\"twelve point five\"" },
    { "ToAudioNumberOrdinal",
      "ToAudioNumberOrdinal(Integer?) -> Audio\n"
      "ToAudioNumberOrdinal(Integer?, Language Context, ...) -> Audio",
      "An ordinal number to be spoken. The words are assumed.", "ToAudioNumberOrdinal(3)",
      "\"third\"" },
    { "ToAudioCurrency",
      "ToAudioCurrency(Currency?) -> Audio\n"
      "ToAudioCurrency(Currency?, Currency Format) -> Audio\n"
      "ToAudioCurrency(Currency?, Integer) -> Audio",
      "A currency to be spoken, in its major and minor units. The words are assumed.",
      "ToAudioCurrency(MakeCurrency(5, \"USD\"))", "\"five dollars\"" },
    { "ToAudioPercent",
      "ToAudioPercent(Integer?) -> Audio\n"
      "ToAudioPercent(Decimal?) -> Audio\n"
      "ToAudioPercent(Decimal?, Integer) -> Audio",
      "A percentage to be spoken: 12 is twelve percent. The words are assumed.",
      "ToAudioPercent(12)", "\"twelve percent\"" },
    { "ToAudioDuration", "ToAudioDuration(Duration?) -> Audio",
      "A duration to be spoken. The words are assumed.",
      "ToAudioDuration(MakeDuration(0, 0, 1, 30))", "\"one minute and thirty seconds\"" },
    { "ToAudioDate",
      "ToAudioDate(DateTime?) -> Audio\n"
      "ToAudioDate(DateTime?, Date Format) -> Audio",
      "The date of a moment to be spoken, or a part of it. The words are assumed.",
      "ToAudioDate(MakeDateTime(2009, 1, 2))", "\"January second, two thousand nine\"" },
    { "ToAudioTime",
      "ToAudioTime(DateTime?) -> Audio\n"
      "ToAudioTime(DateTime?, Time Format) -> Audio",
      "The time of a moment to be spoken, of twelve hours in English, of twenty-four in German "
      "where no format says otherwise. The words are assumed.",
      "ToAudioTime(MakeDateTime(2009, 1, 2), Format.Time.twelveHours)", "\"twelve AM\"" },
    { "ToAudioDateTime", "ToAudioDateTime(DateTime?) -> Audio",
      "The date and the time of a moment to be spoken. The words are assumed.",
      "ToAudioDateTime(MakeDateTime(2009, 1, 2))",
      "\"January second, two thousand nine, twelve AM\"" },
    { "ToAudioPhoneNumber",
      "ToAudioPhoneNumber(Phone Number?) -> Audio\n"
      "ToAudioPhoneNumber(Phone Number?, Phone Number Format) -> Audio\n"
      "ToAudioPhoneNumber(Phone Number?, String?) -> Audio\n"
      "ToAudioPhoneNumber(String?) -> Audio",
      "A phone number to be spoken digit by digit; Format.PhoneNumber.local and the dialing code "
      "that is given leave that code out. An address that is no number is spelled. The words are "
      "assumed.",
      "ToAudioPhoneNumber(ToPhoneNumber(\"+1555\"))", "\"plus one five five five\"" },
    { "ToAudioTimeRange",
      "ToAudioTimeRange(Integer, Integer) -> Audio\n"
      "ToAudioTimeRange(Integer, Integer, Time Part?) -> Audio",
      "A span of time to be spoken. The words are assumed.",
      "ToAudioTimeRange(5, 10, Format.TimePart.minutes)", "\"five to ten minutes\"" },
    { "AudioPlaybackOptions",
      "AudioPlaybackOptions(Audio, Boolean) -> Audio\n"
      "AudioPlaybackOptions(Audio, Boolean, Boolean) -> Audio\n"
      "AudioPlaybackOptions(Prompt, Boolean) -> Audio\n"
      "AudioPlaybackOptions(Prompt, Boolean, Boolean) -> Audio",
      "Audio with whether a caller may interrupt it, and whether it is played at once.",
      "AudioPlaybackOptions(ToAudioTTS(\"Hello\"), true)", "\"Hello\"" },
    { "ToJson",
      "ToJson(any?) -> JSON\n"
      "ToJson(any Collection?) -> JSON",
      "A value as JSON, without parsing it.", "ToJson(\"a\")", "\"a\"" },
    { "JsonParse", "JsonParse(String) -> JSON", "Reads JSON text; what is none is an error.",
      "JsonParse(\"{\\\"a\\\": [1, 2]}\").a[1]", "2" },
    { "JsonStringify", "JsonStringify(JSON) -> String", "JSON as text.",
      "JsonStringify(JsonParse(\"[1, 2]\"))", "\"[1,2]\"" },
    { "IsJsonObject", "IsJsonObject(JSON?) -> Boolean", "Whether a JSON value is an object.",
      "IsJsonObject(JsonParse(\"{}\"))", "true" },
    { "IsJsonArray", "IsJsonArray(JSON?) -> Boolean", "Whether a JSON value is an array (assumed).",
      "IsJsonArray(JsonParse(\"{}\"))", "false" },
    { "SetJsonObjectProperty", "SetJsonObjectProperty(JSON, String, anything?) -> JSON",
      "The object with one property set; NOT_SET becomes null (assumed).",
      "SetJsonObjectProperty(JsonParse(\"{}\"), \"k\", \"v\")", "{\"k\":\"v\"}" },
    { "RemoveJsonObjectProperty", "RemoveJsonObjectProperty(JSON, String) -> JSON",
      "The object without a property; one without it stays what it is (assumed).",
      "RemoveJsonObjectProperty(JsonParse(\"{\\\"a\\\": 1, \\\"b\\\": 2}\"), \"a\")", "{\"b\":2}" },
    { "GetJsonObjectProperty", "GetJsonObjectProperty(JSON, String) -> JSON",
      "One property of an object, NOT_SET where it has none of that name.",
      "GetJsonObjectProperty(JsonParse(\"{\\\"a\\\": 1}\"), \"a\")", "1" },
    { "GetJsonObjectPropertyNames", "GetJsonObjectPropertyNames(JSON) -> String Collection",
      "The names of the properties of an object.",
      "GetJsonObjectPropertyNames(JsonParse(\"{\\\"b\\\": 1, \\\"a\\\": 2}\"))", "[\"a\", \"b\"]" },
    { "MakeJsonArray",
      "MakeJsonArray() -> JSON\n"
      "MakeJsonArray(anything?, ...) -> JSON",
      "An array of the values; NOT_SET becomes null (assumed).", "MakeJsonArray(1, \"a\", NOT_SET)",
      "[1,\"a\",null]" },
    { "GetJsonArrayItem", "GetJsonArrayItem(JSON, Integer) -> JSON",
      "The item of an array at an index, from 0 (assumed).",
      "GetJsonArrayItem(JsonParse(\"[1, 2]\"), 1)", "2" },
    { "AddJsonArrayItem", "AddJsonArrayItem(JSON, anything?) -> JSON",
      "The array with a value at its end; NOT_SET becomes null (assumed).",
      "AddJsonArrayItem(JsonParse(\"[1]\"), \"a\")", "[1,\"a\"]" },
    { "ReplaceJsonArrayItem", "ReplaceJsonArrayItem(JSON, Integer, anything?) -> JSON",
      "The array with one item replaced; NOT_SET becomes null (assumed).",
      "ReplaceJsonArrayItem(JsonParse(\"[1, 2]\"), 1, 5)", "[1,5]" },
    { "RemoveJsonArrayItem", "RemoveJsonArrayItem(JSON, Integer) -> JSON",
      "The array without the item at an index, from 0 (assumed).",
      "RemoveJsonArrayItem(JsonParse(\"[1, 2]\"), 0)", "[2]" },
    { "ToJsonCollection",
      "ToJsonCollection(JSON) -> JSON Collection\n"
      "ToJsonCollection(any Collection) -> JSON Collection",
      "The items of a JSON array as a list, or each value of a list as JSON.",
      "Count(ToJsonCollection(JsonParse(\"[1, 2]\")))", "2" },
    { "MakeJsonObject",
      "MakeJsonObject() -> JSON\n"
      "MakeJsonObject(anything?, ...) -> JSON",
      "An object of names and values in turns; NOT_SET becomes null (assumed).",
      "MakeJsonObject(\"a\", 1, \"b\", true)", "{\"a\":1,\"b\":true}" },
    { "ContainsJsonObjectProperty", "ContainsJsonObjectProperty(JSON, String) -> Boolean",
      "Whether an object has a property of that name.",
      "ContainsJsonObjectProperty(JsonParse(\"{\\\"a\\\": null}\"), \"a\")", "true" },
};

const struct expr_function *expr_functions(size_t *count)
{
    *count = sizeof reference / sizeof *reference;
    return reference;
}
