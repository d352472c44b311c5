#include <string>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_builder.hpp"
#include "gazetteer/scanner.hpp"
#include "support.hpp"
#include "support/obvious_matcher.hpp"
#include "text/fold_blocks.hpp"
#include "text/folded_text.hpp"

namespace {

using namespace kharita;
using kharita::test::ObviousMatcher;

/// Few names, with all that names can have: articles of both kinds, several words, signs, digits, tashkeel.
gazetteer::Gazetteer const& names() {
    static gazetteer::Gazetteer const made = [] {
        std::filesystem::path const folder =
            std::filesystem::temp_directory_path() / ("kharita_fuzz." + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        std::ofstream{folder / "places.tsv"}
            << "id\tname_ar\tname_en\taliases\tfeature\tadmin\tlon\tlat\tuncertainty_"
               "m\tpopulation\tprominence\t"
               "refs\n"
               "a\tسوريا\tSyria\tسورية;US\tPCLI\t\t38\t35\t9\t\t5\t\n"
               "b\tالباب\tal-Bab\tباب;لباب;بالباب\tPPL\ta\t37\t36\t9\t\t4\t\n"
               "c\tكفر شمس\tKafr Shams\tكفرشمس;كفر;شمس\tPPL\ta\t36\t33\t9\t\t1\t\n"
               "d\tدير الزور\tDeir ez-Zor\tالدير;M5;إم 5\tPPL\ta\t40\t35\t9\t\t5\t\n"
               "e\tوان\tVan\tإب;Der'a;al- Bab;مُحافظة;ﻻذقية;الـ24;Km 3.5\tPPL\ta\t43\t38\t9\t\t2\t\n";
        auto loaded = gazetteer::Gazetteer::load(folder);
        std::filesystem::remove_all(folder);
        return loaded;
    }();
    return made;
}

std::vector<text::Simd> levels() {
    std::vector<text::Simd> all{text::Simd::scalar};
    for (text::Simd const each : {text::Simd::avx2, text::Simd::avx512}) {
        if (text::best_simd() >= each) {
            all.push_back(each);
        }
    }
    return all;
}

} // namespace

// Any bytes, with any instructions: folded as fold() does, the same names found as by the obvious matcher.
// Scanners are used again, so what they remember of one input must not change what they find in the next.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size > 2000) { // the obvious matcher takes the square of it
        return 0;
    }
    static ObviousMatcher const obvious{names()};
    static std::vector<gazetteer::Scanner> scanners = [] {
        std::vector<gazetteer::Scanner> all;
        for (text::Simd const simd : levels()) {
            all.emplace_back(names(), simd);
        }
        return all;
    }();
    std::string_view const source = fuzz::as_text(data, size);
    auto const expected = obvious.scan(source);
    text::FoldedText const folded = text::fold(source);
    for (std::size_t i = 0; i < scanners.size(); ++i) {
        text::FoldedBlocks blocks{levels()[i]};
        blocks.fold(source);
        fuzz::require(blocks.codes() == folded.codes, "codes are those of fold()");
        auto const found = ObviousMatcher::scan(scanners[i], source);
        fuzz::require(ObviousMatcher::differences(expected, found, source).empty(), "the same names");
    }
    return 0;
}
