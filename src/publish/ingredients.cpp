#include "publish/ingredients.hpp"

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "extract/reports.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

FileRecord record_if_readable(fs::path const& file) {
    std::string name = file.generic_string();
    try {
        return record_file(file, name);
    } catch (InputError const&) { // set aside, with its reason, by whoever reads it
        return {.name = std::move(name), .bytes = 0, .sha256 = {}};
    }
}

} // namespace

std::vector<FileRecord> record_inputs(std::vector<fs::path> const& inputs) {
    std::vector<FileRecord> records;
    std::error_code ignored;
    for (fs::path const& input : inputs) {
        if (fs::is_directory(input, ignored)) {
            for (fs::path const& file : extract::list_report_files(input).reports) {
                records.push_back(record_if_readable(file));
            }
        } else {
            records.push_back(record_if_readable(input));
        }
    }
    return records;
}

std::string hash_of_data(fs::path const& data_dir, std::vector<fs::path> const& others) {
    std::vector<fs::path> files;
    for (char const* const folder : {"gazetteer", "schemas"}) {
        for (fs::directory_entry const& entry : fs::recursive_directory_iterator{
                 data_dir / folder, fs::directory_options::follow_directory_symlink}) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    Sha256 hash;
    for (fs::path const& file : files) {
        FileRecord const record = record_file(file, file.lexically_relative(data_dir).generic_string());
        hash.field(record.name).field(record.sha256);
    }
    for (fs::path const& file : others) {
        hash.field(record_file(file, "").sha256);
    }
    return hash.hex();
}

} // namespace kharita::publish
