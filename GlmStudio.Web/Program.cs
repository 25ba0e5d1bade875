using GlmStudio.Web;
using GlmStudio.Web.Hosting;

return await Verbs.RunAsync(args, settings => Studio.Build(settings));
