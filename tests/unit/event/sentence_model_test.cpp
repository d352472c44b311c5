#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "event/sentence_model.hpp"
#include "shipped.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace kharita::event;

namespace {

constexpr char const* word_table_head = "word\tassault\tprotest\tassault_opening\tprotest_opening\n";

/// A folder with both tables.
void write_tables(std::filesystem::path const& folder, std::string const& signs, std::string const& words) {
    write_file(folder / "sentence_weights.tsv", signs, Overwrite::replace);
    write_file(folder / "sentence_words.tsv", word_table_head + words, Overwrite::replace);
}

std::string table_with(std::string const& sign, std::string const& assault) {
    std::string table = "sign\tassault\tprotest\tmeaning\n";
    for (std::size_t i = 0; i < sign_count; ++i) {
        std::string const name{name_of(static_cast<Sign>(i))};
        table.append(name).append("\t").append(name == sign ? assault : "0").append("\t0\t\n");
    }
    return table;
}

SentenceJudgement judged(std::string text) {
    Report report;
    report.text = std::move(text);
    text::TokenizedText const tokens{report.text};
    return shipped().coder.judge(tokens, report, shipped().geoparser.parse(tokens));
}

} // namespace

TEST_CASE("SentenceModel: the logistic of the summed weights") {
    test::TempFolder const folder;
    write_tables(folder.path(), table_with("assault", "1.5"), "");
    SentenceModel const model = SentenceModel::load(folder.path());
    SignSet signs;
    CHECK(model.probability(Telling::assault, signs, {}) == doctest::Approx(0.5));
    signs.set(static_cast<std::size_t>(Sign::assault));
    CHECK(model.probability(Telling::assault, signs, {}) == doctest::Approx(1 / (1 + std::exp(-1.5))));
    CHECK(model.probability(Telling::protest, signs, {}) == doctest::Approx(0.5));
}

TEST_CASE(
    "SentenceModel: words count once, over the square root of their number, and once more in the opening") {
    test::TempFolder const folder;
    write_tables(folder.path(), table_with("bias", "0"),
                 "قصف\t2\t0\t1\t0\nبلده\t1\t0\t0\t0\nنبا\t4\t0\t8\t0\n");
    SentenceModel const model = SentenceModel::load(folder.path());
    auto const log_odds = [&](std::string const& sentence) {
        text::TokenizedText const text{sentence};
        double const p = model.probability(Telling::assault, {}, plain_words(text, {0, text.size()}));
        return std::log(p / (1 - p));
    };
    CHECK(log_odds("فقصف القصف") == doctest::Approx(2 + 1));
    // Two known words of five: (2 + 1) / √2; in the opening both again: (1 + 0) / √2.
    CHECK(log_odds("وقصف جيش ما البلدة غدا") == doctest::Approx(4 / std::sqrt(2.0)));
    // The fifth word no longer opens it.
    CHECK(log_odds("كان في ذلك اليوم نبأ") == doctest::Approx(4));
    CHECK(log_odds("شيء آخر") == doctest::Approx(0));
}

TEST_CASE("plain_words: without conjunction and article, numbers alike, other scripts left out") {
    std::string const sentence = "وبالمدينة 12 قتيلا، للجيش «فعل» NATO وقد؟";
    text::TokenizedText const text{sentence};
    std::string words;
    for (std::string_view const word : plain_words(text, {0, text.size()})) {
        words.append(text::to_utf8(word)).append(" ");
    }
    CHECK(words == "مدينه 0 قتيلا , جيش « فعل » وقد ? ");
}

TEST_CASE("SentenceModel: a sign that is unknown, missing or told twice is named with its line") {
    test::TempFolder const folder;
    std::string const whole = table_with("assault", "1");
    for (std::string const& broken : {whole + "surprise\t1\t1\t\n", whole + "assault\t1\t1\t\n",
                                      std::string{"sign\tassault\tprotest\tmeaning\nbias\t0\t0\t\n"}}) {
        write_tables(folder.path(), broken, "");
        CHECK_THROWS_AS(SentenceModel::load(folder.path()), InputError);
    }
}

TEST_CASE("SentenceModel: a word that stands twice or weighs no number is named with its line") {
    test::TempFolder const folder;
    for (char const* const broken : {"قصف\t1\t0\t0\t0\nقصف\t1\t0\t0\t0\n", "# so\nقصف\tmuch\t0\t0\t0\n"}) {
        write_tables(folder.path(), table_with("assault", "1"), broken);
        CHECK_THROWS_WITH_AS(SentenceModel::load(folder.path()), doctest::Contains("sentence_words.tsv:3"),
                             InputError);
    }
}

TEST_CASE("sign_named: every sign by its name") {
    for (std::size_t i = 0; i < sign_count; ++i) {
        auto const sign = static_cast<Sign>(i);
        CHECK(sign_named(name_of(sign)) == sign);
    }
    CHECK(sign_named("surprise") == Sign::count_of_signs);
}

TEST_CASE("EventCoder::judge: an attack is told, wherever it happened") {
    CHECK(judged("قتل ثلاثة مدنيين وأصيب سبعة بجروح أمس عندما انفجرت سيارة مفخخة قرب سوق مزدحمة.").assault >
          0.5);
    CHECK(judged("وأطلق مسلحون مجهولون النار على دورية للجيش شمال البلاد فقتلوا جنديين.").assault > 0.5);
    CHECK(judged("دعا الوزير إلى تحقيق دولي في الاعتداءات وحذر من تكرارها في المستقبل.").assault < 0.5);
    CHECK(judged("وبحث الرئيس مع ضيفه العلاقات الاقتصادية بين البلدين.").assault < 0.5);
}

TEST_CASE("EventCoder::judge: a protest is told") {
    CHECK(judged("تجمع مئات المحتجين أمس في ساحة المدينة ورددوا هتافات تطالب برحيل المحافظ.").protest > 0.5);
    CHECK(judged("وقال إن الاحتجاجات لا تغير سياسة الحكومة الاقتصادية.").protest < 0.5);
}

TEST_CASE("EventCoder::judge: how a protest is told") {
    auto const has = [](char const* sentence, std::string_view sign) {
        auto const signs = judged(sentence).signs;
        return std::find(signs.begin(), signs.end(), sign) != signs.end();
    };
    CHECK(has("واعتصم عشرات المعلمين صباح اليوم أمام المديرية.", "protest_act_by_crowd"));
    CHECK(has("واعتصم عشرات المعلمين صباح اليوم أمام المديرية.", "protest_told_with_place"));
    CHECK(has("ونزل الأهالي إلى الساحة مرددين هتافات.", "crowd_acts"));
    CHECK(has("وفي المساء اندلعت في البلدة مظاهرات ليلية.", "protest_comes_about"));
    // Who they are, and what may be, tells no protest.
    CHECK_FALSE(has("قال الوزير إن الطلاب الذين اعتصموا عادوا إلى صفوفهم.", "protest_told"));
    CHECK_FALSE(has("ستغلق البلدية الطريق إذا تجمع المحتجون.", "protest_told"));
    CHECK(has("ونزل مئات الطلاب مساء أمس إلى شوارع السويداء.", "protest_by_new_crowd"));
    CHECK(has("ونزل مئات الطلاب مساء أمس إلى شوارع السويداء.", "protest_placed"));
    CHECK(has("ونزل مئات الطلاب مساء أمس إلى شوارع السويداء.", "protest_dated"));
    // What they say is part of a protest that is told already.
    CHECK(has("وردد المتظاهرون شعارات ضد الغلاء.", "crowd_speaks"));
    CHECK(has("وردد المتظاهرون شعارات ضد الغلاء.", "protest_by_known_crowd"));
    CHECK_FALSE(has("وردد المتظاهرون شعارات ضد الغلاء.", "protest_told"));
    // Those to whom something is done do not act, nor do cars; and in quotation marks somebody argues.
    CHECK_FALSE(has("وقامت الشرطة بإبعاد المتظاهرين.", "protest_told"));
    CHECK(has("وقام عدد من المتظاهرين بسد الجسر.", "protest_told"));
    CHECK_FALSE(has("وخرجت عشرات السيارات من المرفأ.", "protest_told"));
    CHECK_FALSE(has("قال النائب «خرج آلاف المتظاهرين بلا فائدة».", "protest_told"));
    // Without a crowd, to go out is no protest.
    CHECK_FALSE(has("خرج الوزير من القاعة بعد ساعة.", "protest_told"));
}
