#include <cmath>
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
    return shipped().coder.judge(tokens, report, shipped().geoparser.parse(tokens, report));
}

} // namespace

TEST_CASE("SentenceModel: the logistic of the summed weights") {
    test::TempFolder const folder;
    write_file(folder.path() / "weights.tsv", table_with("assault", "1.5"), Overwrite::refuse);
    SentenceModel const model = SentenceModel::load(folder.path() / "weights.tsv");
    SignSet signs;
    CHECK(model.probability(Telling::assault, signs) == doctest::Approx(0.5));
    signs.set(static_cast<std::size_t>(Sign::assault));
    CHECK(model.probability(Telling::assault, signs) == doctest::Approx(1 / (1 + std::exp(-1.5))));
    CHECK(model.probability(Telling::protest, signs) == doctest::Approx(0.5));
}

TEST_CASE("SentenceModel: a sign that is unknown, missing or told twice is named with its line") {
    test::TempFolder const folder;
    auto const file = folder.path() / "weights.tsv";
    std::string const whole = table_with("assault", "1");
    for (std::string const& broken : {whole + "surprise\t1\t1\t\n", whole + "assault\t1\t1\t\n",
                                      std::string{"sign\tassault\tprotest\tmeaning\nbias\t0\t0\t\n"}}) {
        write_file(file, broken, Overwrite::replace);
        CHECK_THROWS_AS(SentenceModel::load(file), InputError);
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
