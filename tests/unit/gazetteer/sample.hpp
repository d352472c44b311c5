#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/output_file.hpp"

namespace kharita::gazetteer {

/// A folder that is gone at the end of the test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "kharita_gazetteer_XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    std::filesystem::path const& path() const noexcept { return m_path; }
    void write(std::string const& name, std::string_view content) const {
        std::filesystem::create_directories((m_path / name).parent_path());
        write_file(m_path / name, content, Overwrite::replace);
    }

private:
    std::filesystem::path m_path;
};

inline constexpr std::string_view header =
    "id\tname_ar\tname_en\taliases\tfeature\tadmin\tlon\tlat\tuncertainty_m"
    "\tpopulation\tprominence\trefs\n";

/// A small gazetteer of true names, some of them moved to where a test wants them.
inline constexpr std::string_view sample_rows =
    "SYR\tسوريا\tSyria\tسورية\tPCLI\t\t38.5\t35\t250000\t\t5\t\n"
    "USA\tالولايات المتحدة\tUnited States\tUS\tPCLI\t\t-98\t39\t900000\t\t5\t\n"
    "DEU\tألمانيا\tGermany\t\tPCLI\t\t10\t51\t300000\t\t2\t\n"
    "SY12\tدرعا\tDaraa\t\tADM1\tSYR\t36.1\t32.7\t30000\t\t4\tSY12\n"
    "SY1201\tازرع\tIzra'\t\tADM2\tSY12\t36.25\t32.86\t15000\t\t2\t\n"
    "SY120101\tالحراك\tal-Hirak\t\tADM3\tSY1201\t36.31\t32.75\t8000\t\t2\t\n"
    "p-daraa\tدرعا\tDaraa\tDer'a;Deraa\tPPLA\tSY1201\t36.1\t32.62\t3000\t97969\t4\tC6055;gn:170903\n"
    "p-musayfira\tالمسيفرة\tal-Musayfirah\t\tPPL\tSY120101\t36.34\t32.63\t1000\t\t2\tC6131\n"
    "p-kafr-shams\tكفر شمس\tKafr Shams\t\tPPL\tSY1201\t36.11\t33.11\t1000\t\t2\t\n"
    "p-kafr-nasij\tكفر ناسج\tKafr Nasij\t\tPPL\tSY1201\t36.0\t33.17\t1000\t\t1\t\n"
    "p-kafranbel\tكفرنبل\tKafranbel\t\tPPL\tSY1201\t36.56\t35.61\t1000\t\t3\t\n"
    "p-zamar\tزمار\tZammar\t\tPPL\tSY1201\t36.9\t35.9\t1000\t\t1\t\n"
    "p-liwan\tلواء\tLiwa\tاللواء\tPPL\tSY1201\t36.4\t32.8\t1000\t\t0\t\n"
    "p-bab\tالباب\tal-Bab\t\tPPL\tSY1201\t37.5\t36.37\t2000\t\t4\t\n"
    "p-failun\tفيلون\tFailun\t\tPPL\tSY1201\t36.6\t35.88\t1000\t\t1\t\n"
    "p-wadi\tوادي بردى\tWadi Barada\t\tVAL\tSY12\t36.1\t33.6\t5000\t\t2\t\n"
    "p-lajat\tاللجاة\tal-Lajat\t\tRGN\tSY12\t36.5\t32.9\t15000\t\t2\t\n"
    "p-deir-ezzor\tدير الزور\tDeir ez-Zor\t\tPPLA\tSYR\t40.14\t35.33\t5000\t\t5\t\n"
    "p-m5\tالطريق الدولي إم 5\tM5\tM5 motorway\tHWY\tSYR\t36.7\t35\t50000\t\t3\t\n"
    "p-van\tوان\tVan\t\tPPLA\t\t43.4\t38.5\t5000\t\t2\t\n"
    "p-ibb\tإب\tIbb\t\tPPLA\t\t44.2\t13.97\t5000\t\t2\t\n"
    "p-bab-hawa\tباب الهوى\tBab al-Hawa\t\tBP\tSYR\t36.68\t36.24\t1000\t\t3\t\n"
    "p-abu-dali\tأبو دالي\tAbu Dali\t\tPPL\tSYR\t36.9\t35.4\t1000\t\t2\t\n";

} // namespace kharita::gazetteer
