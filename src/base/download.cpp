#include "base/download.hpp"

#include "base/error.hpp"
#include "base/loaded_module.hpp"
#include "base/output_file.hpp"

namespace kharita {

void download(std::string const& url, std::filesystem::path const& file, std::uint64_t max_bytes,
              DownloadProgress const& progress) {
    LoadedModule const module = LoadedModule::load("fetch");
    auto const entry = module.function<fetch::Entry>("kharita_fetch");
    OutputFile output{file, Overwrite::replace};
    std::string problem;
    entry(fetch::module_version,
          {url, max_bytes, [&](std::string_view bytes) { output.write(bytes); }, progress}, problem);
    if (!problem.empty()) {
        fail<InputError>("{}: {}", url, problem);
    }
    output.commit();
}

} // namespace kharita
