<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="role" enableorderby="0" forceraster="0" symbollevels="0">
   <categories>
    <category symbol="0" value="event" label="Event" render="true"/>
    <category symbol="1" value="scope" label="Scope" render="true"/>
    <category symbol="2" value="origin" label="Origin of fire or forces" render="true"/>
    <category symbol="3" value="heading" label="Heading" render="true"/>
    <category symbol="4" value="metonym" label="Capital for its government" render="true"/>
    <category symbol="5" value="other" label="Other" render="true"/>
   </categories>
   <symbols>
    <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="196,24,24,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="196,24,24,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '196,24,24,200', '196,24,24,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="90,120,160,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="90,120,160,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '90,120,160,200', '90,120,160,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="239,120,20,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="239,120,20,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '239,120,20,200', '239,120,20,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="40,96,176,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="40,96,176,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '40,96,176,200', '40,96,176,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="4" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="150,150,150,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="150,150,150,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '150,150,150,200', '150,150,150,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="5" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="110,110,110,200"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="110,110,110,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.25"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="1.6"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, '110,110,110,200', '110,110,110,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName='"mention"' isExpression="1" fontFamily="Noto Sans" fontSize="7" fontSizeUnit="Point" fontWeight="50" textColor="40,40,40,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="0" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="1" scaleMin="250000" scaleMax="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
